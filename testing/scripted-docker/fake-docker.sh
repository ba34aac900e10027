#!/bin/sh
# The `docker` that fake-host.ts puts on the PATH: notes each call and answers by script. A shell
# script, since a test may make a hundred calls and Node takes ten times as long to start; and of the
# shell's own commands where there are any, since each program costs another millisecond or two.
#
# FOLDER, which the test puts in place, holds a folder for each project that the arguments may name,
# and one for all others; there are the answers, and there the calls are noted.
home=FOLDER/others
for project in FOLDER/projects/*; do
  [ -d "$project" ] || continue
  case "$*" in
    *"${project##*/}"*) home=$project ;;
  esac
done
if [ "$1 $2" = "system dial-stdio" ]; then
  # Each of its requests asks this script again, and is noted then.
  echo $$ >> FOLDER/dials
  exec FOLDER/bin/node DIAL FOLDER/bin/docker
fi
call="$home/calls/$$"
/usr/bin/env -0 > "$call.env"
PATH=/usr/bin:/bin
printf '%s\0' "$@" > "$call.args"
pwd > "$call.cwd"
if [ /dev/stdin -ef /dev/null ]; then
  true > "$call.stdin"
else
  cat > "$call.stdin"
fi

# The command within the arguments, such as `up`, or `container inspect`.
find_verb() {
  while :; do
    case "$1" in
      --host | -H | --context) shift 2 ;;
      *) break ;;
    esac
  done
  if [ "$1" != compose ]; then
    verb="$1 $2"
    return
  fi
  shift
  while :; do
    case "$1" in
      --ansi | --project-name | --project-directory | --file | --profile) shift 2 ;;
      -p | -f | --progress | --env-file) shift 2 ;;
      *) break ;;
    esac
  done
  verb=$1
  # One of several ways to call it, such as `config --hash`, may have answers of its own.
  [ ! -d "$home/answers/$1 $2" ] || verb="$1 $2"
}
find_verb "$@"
echo "$verb" > "$call.verb"
echo $$ >> "$home/order"

state=
[ ! -e "$home/state" ] || read -r state < "$home/state"
answers="$home/answers/$verb@$state"
[ -d "$answers" ] || answers="$home/answers/$verb"
if [ ! -d "$answers" ]; then
  echo "fake docker: nothing was said of \"$verb\"" >&2
  exit 97
fi
# A file is made by one call alone: calls at the same time never take the same answer.
set -C
nth=1
while ! true 2> /dev/null > "$answers/call.$nth"; do
  [ -d "$answers" ] || exit 97
  nth=$((nth + 1))
done
set +C
while [ ! -d "$answers/$nth" ]; do
  nth=$((nth - 1))
  # The answers are gone: the test is over.
  [ "$nth" -gt 0 ] || exit 97
done
answer="$answers/$nth"
read -r delay < "$answer/delay"
read -r end < "$answer/end"
read -r exit_code < "$answer/exit"
read -r times < "$answer/times"

[ "$delay" = 0 ] || sleep "$delay"
if [ -e "$answer/program" ]; then
  read -r program < "$answer/program"
  "$program" "$@" < "$call.stdin" || exit
fi
# Before the answer: whoever has read it may look at once.
if [ -e "$answer/sets" ]; then
  read -r state < "$answer/sets"
  echo "$state" > "$call.sets"
  echo "$state" > "$home/state"
fi
[ ! -e "$answer/program" ] || exit 0
while [ "$times" -gt 0 ]; do
  [ ! -s "$answer/stderr" ] || cat "$answer/stderr" >&2
  [ ! -s "$answer/stdout" ] || cat "$answer/stdout"
  times=$((times - 1))
done
case "$end" in
  hang)
    # Collected here: an orphan that nobody collects would keep its process group in being.
    trap 'kill $child; wait $child; exit 130' INT
    sleep 600 &
    child=$!
    wait
    ;;
  deaf)
    trap '' INT TERM
    exec sleep 600
    ;;
  deaf-child)
    trap '' INT TERM
    sleep 600 &
    exec sleep 600
    ;;
esac
exit "$exit_code"
