package costlake.cli;

import picocli.CommandLine.Command;

/** Groups the commands below {@code costlake serve}. */
@Command(
    name = "serve",
    description = {
      "Serve SQL to BI tools and assistants.",
      "Each user sees the rows of their own teams."
    },
    subcommands = {
      ServeSqlCommand.class,
      ServeMcpCommand.class,
      ServeUserCommand.class,
      ServeTrinoCommand.class,
      ServeMeasureCommand.class
    },
    footer = {"", "Example: costlake serve sql --conf demo/conf"})
final class ServeCommand extends CommandGroup {}
