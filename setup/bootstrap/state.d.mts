export function toolsFolder(
  env?: Readonly<Record<string, string | undefined>>,
  home?: string,
): string;
export function packagesMark(lockFile: string | Buffer, platform?: string, arch?: string): string;
