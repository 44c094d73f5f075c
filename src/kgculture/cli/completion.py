"""kgculture completion"""

from __future__ import annotations

import click

from kgculture.cli import COMPLETE, _output, cli


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell: commands, options and the names of saved queries.

    \b
    Example:
      kgculture completion bash > ~/.local/share/bash-completion/completions/kgculture
      kgculture completion zsh > ~/.zfunc/_kgculture
      kgculture completion fish > ~/.config/fish/completions/kgculture.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:  # pragma: no cover - click knows the three
        raise click.UsageError(f"no completion for {shell}")
    completion = found(cli, {}, "kgculture", COMPLETE)
    # the template alone: `source()` would ask the shell for its version first, and it need not be installed here
    _output.write(completion.source_template % completion.source_vars() + "\n", None)
