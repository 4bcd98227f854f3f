package costlake.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Groups the commands below {@code costlake serve}. */
@Command(
    name = "serve",
    description = {
      "Serve SQL to BI tools.",
      "Each user sees the rows of their own teams in reporting.*."
    },
    subcommands = {
      ServeSqlCommand.class,
      ServeUserCommand.class,
      ServeTrinoCommand.class,
      ServeMeasureCommand.class
    },
    footer = {"", "Example: costlake serve sql --conf demo/conf"})
final class ServeCommand implements Runnable {
  @Spec CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        command.commandLine(), "Give one of the commands sql, user, trino-config and measure");
  }
}
