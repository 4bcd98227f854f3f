package costlake.cli;

import picocli.CommandLine.Command;

/** Groups the commands below {@code costlake export}. */
@Command(
    name = "export",
    description = "Write quotas for the tools that enforce them.",
    subcommands = ExportQuotasCommand.class,
    footer = {"", "Example: costlake export quotas --as kueue"})
final class ExportCommand extends CommandGroup {}
