package costlake.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Groups the commands below {@code costlake incidents}. */
@Command(
    name = "incidents",
    description = "Find rises and falls that are out of the ordinary.",
    subcommands = IncidentsTryCommand.class,
    footer = {"", "Example: costlake incidents try series.csv"})
final class IncidentsCommand implements Runnable {
  @Spec CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(command.commandLine(), "Give the command try");
  }
}
