# Start file of the bash that `lab shell` opens.
if [ -f "$HOME/.bashrc" ]; then . "$HOME/.bashrc"; fi
PS1="(sock-shop $PULUMI_STACK) $PS1"
