package costlake.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that does nothing but have commands below it. Given alone, it names them. */
abstract class CommandGroup implements Runnable {
  @Spec CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        command.commandLine(), advice(List.copyOf(command.subcommands().keySet())));
  }

  private static String advice(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? "Give the command " + names.get(0)
        : "Give one of the commands "
            + String.join(", ", names.subList(0, last))
            + " and "
            + names.get(last);
  }
}
