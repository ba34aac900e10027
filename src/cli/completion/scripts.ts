/**
 * Scripts that make a shell ask this program for completions. They pass the typed words on as
 * arguments and never evaluate them: evaluation would run a `$(command)`, and write to a file
 * behind `>`, at the press of a key.
 */

/** Shells with completion. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** A shell of {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];

/**
 * Works with Bash 3.2 of macOS, and without the package bash-completion. The program is the one
 * that was typed, `$1`, so that `./zbl` of a checkout completes too.
 */
const BASH = `# Completion of zbl and z-billing-lago for bash: source it in ~/.bashrc.
_z_billing_lago() {
  COMPREPLY=()
  local found
  while IFS= read -r found; do
    COMPREPLY+=("$found")
  done < <("$1" complete-words bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _z_billing_lago zbl z-billing-lago`;

const ZSH = `#compdef zbl z-billing-lago
# Completion of zbl and z-billing-lago for zsh: source it in ~/.zshrc, behind compinit.
_z_billing_lago() {
  local found
  local -a all
  while IFS= read -r found; do
    all+=("$found")
  done < <("$words[1]" complete-words zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#all} )); then
    _describe zbl all
  else
    _files
  fi
}
compdef _z_billing_lago zbl z-billing-lago`;

const FISH = `# Completion of zbl and z-billing-lago for fish: save it in ~/.config/fish/conf.d/zbl.fish.
function __z_billing_lago
    set -l words (commandline -opc) (commandline -ct)
    set -l all ($words[1] complete-words fish -- $words[2..-1] 2>/dev/null)
    if test (count $all) -gt 0
        printf '%s\\n' $all
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c zbl -f -a '(__z_billing_lago)'
complete -c z-billing-lago -f -a '(__z_billing_lago)'`;

/** Completion scripts by shell. */
export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

/** Formats a candidate as one line that the script of the shell reads. */
export function lineFor(
  shell: Shell,
  { value, description }: { readonly value: string; readonly description: string },
): string {
  if (shell === "bash") {
    return value;
  }
  if (shell === "fish") {
    return description === "" ? value : `${value}\t${description}`;
  }
  const escaped = value.replace(/[\\:]/g, "\\$&");
  return description === "" ? escaped : `${escaped}:${description}`;
}
