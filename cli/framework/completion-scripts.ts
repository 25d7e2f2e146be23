import { completionRequest } from "./completion.ts";

/** Shells that `lab completion` knows. */
export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

/**
 * Scripts that ask the `lab` on the command line what may follow. They run it as it is typed, and
 * never evaluate what is typed.
 */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of lab for bash. Load it with: source <(./lab completion bash)
_lab() {
  local line program=\${COMP_WORDS[0]/#\\~\\//$HOME/}
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = :files ]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do
        COMPREPLY+=("$line")
      done < <(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("$program" ${completionRequest} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _lab lab
`,
  zsh: `#compdef lab
# Completion of lab for zsh. Load it after compinit with: source <(./lab completion zsh)
_lab() {
  local line program=\${\${(Q)words[1]}/#\\~\\//$HOME/}
  local -a candidates
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      _files
    else
      candidates+=("\${\${line//:/\\\\:}/$'\\t'/:}")
    fi
  done < <("$program" ${completionRequest} "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( $#candidates )) && _describe lab candidates
}
if [[ $funcstack[1] == _lab ]]; then _lab; else compdef _lab lab; fi
`,
  fish: `# Completion of lab for fish. Load it with: ./lab completion fish | source
function __lab_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] ${completionRequest} $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end
complete -c lab -f -a '(__lab_complete)'
`,
};
