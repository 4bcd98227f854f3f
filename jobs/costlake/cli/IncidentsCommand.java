package costlake.cli;

import picocli.CommandLine.Command;

/** Groups the commands below {@code costlake incidents}. */
@Command(
    name = "incidents",
    description = "Find rises and falls that are out of the ordinary.",
    subcommands = IncidentsTryCommand.class,
    footer = {"", "Example: costlake incidents try series.csv"})
final class IncidentsCommand extends CommandGroup {}
