#!/bin/sh
# A host of its own: its own mounts and /run, for the engine its own network and name too. Only sshd is
# on this machine's network, where the test reaches it. All of it goes with its last process.
#
# Called in new mount namespace as: host.sh FOLDER SSHD TREE, where TREE has what sshd was unpacked
# with, or is empty.
set -eu
home=$1
sshd=$2
tree=$3
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/sshd
# Sshd wants a user of its own, and root not locked: here alone.
mount --bind "$home/passwd" /etc/passwd
mount --bind "$home/shadow" /etc/shadow
if [ -e "$tree/usr/lib/openssh/sshd-session" ]; then
  mount --bind "$tree/usr/lib/openssh" /usr/lib/openssh
fi
libraries=$(echo "$tree"/usr/lib/*-linux-gnu)
LD_LIBRARY_PATH=$libraries "$sshd" -D -e -f "$home/sshd_config" &
exec unshare --net --uts sh -c '
  hostname zbl-test-remote
  ip link set lo up
  exec dockerd --data-root "$0/docker" --host unix:///run/docker.sock --host "unix://$0/docker.sock"
' "$home"
