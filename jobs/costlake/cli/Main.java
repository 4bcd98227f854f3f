package costlake.cli;

import costlake.core.BuildVersion;
import costlake.core.Failure;
import costlake.core.OwnFiles;
import costlake.core.PrivateFolder;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.apache.hadoop.fs.FSError;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * Entry point of the command line. Exit codes: 0 success, 2 a problem that the operator can fix, 3
 * wrong data, 4 a bug in Costlake or a fault of the machine.
 */
@Command(
    name = "costlake",
    description =
        "The open lakehouse for the cost of AI workloads: every cent of every bill to its owner.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Build.class,
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      AddSourceCommand.class,
      ConvertCommand.class,
      PriceCommand.class,
      HoursCommand.class,
      CompareCommand.class,
      SourcesCommand.class,
      LandCommand.class,
      NightCommand.class,
      BackfillCommand.class,
      CloseCommand.class,
      BudgetsCommand.class,
      QuotasCommand.class,
      AlertsCommand.class,
      ApproveCommand.class,
      ForecastCommand.class,
      TagsCommand.class,
      ExportCommand.class,
      IncidentsCommand.class,
      WatchCommand.class,
      ReportCommand.class,
      SendCommand.class,
      SiteCommand.class,
      ExplainCommand.class,
      SqlCommand.class,
      ServeCommand.class,
      StatusCommand.class,
      MaintainCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      CasesCommand.class,
      ModelsCommand.class,
      SampleCommand.class,
      BenchCommand.class,
      ConfigCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Begin with: ./costlake demo",
      "Shell completion: source <(./costlake generate-completion)"
    })
public final class Main implements Callable<Integer> {
  private static final String LOG = "costlake.log";

  @Spec CommandSpec spec;

  Main() {}

  /** Prints the help and fails: a script that forgot the command must not succeed. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return Failure.Family.OPERATOR.exitCode();
  }

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    if (Arrays.asList(args).contains("--verbose") || Arrays.asList(args).contains("-v")) {
      System.setProperty("costlake.log.terminal", "info");
    }
    PrintWriter err = writer(System.err);
    System.exit(runInPrivateFolder(err, () -> run(writer(System.out), err, args)));
  }

  /** Runs the command with its log and temporary files in a folder that only the user can read. */
  private static int runInPrivateFolder(PrintWriter err, IntSupplier command) {
    PrivateFolder folder;
    PrivateFolder.Work work;
    try {
      folder = PrivateFolder.below(Path.of(System.getProperty("java.io.tmpdir")));
      work = folder.work();
    } catch (Failure e) {
      err.println("costlake: " + e.getMessage());
      return e.family().exitCode();
    }
    System.setProperty(
        LOG, System.getProperty(LOG, folder.path().resolve("costlake.log").toString()));
    System.setProperty("java.io.tmpdir", work.path().toString());
    try (work) {
      return command.getAsInt();
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  static int run(PrintWriter out, PrintWriter messages, String... args) {
    PrintWriter err = SanitizingWriter.over(messages);
    CommandLine line = line();
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler((e, command, parsed) -> FailureReporter.report(e, err));
    line.setParameterExceptionHandler(new UsageErrors());
    line.setExecutionStrategy(Main::execute);
    try {
      return line.execute(args);
    } catch (FSError e) {
      return FailureReporter.report(e, err);
    }
  }

  /** Runs the last command, with the kinds of sources and the pages of its configuration folder. */
  private static int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommonOptions.of(last.commandSpec()).map(CommonOptions::folder).ifPresent(OwnFiles::use);
    CommandLine command = last.commandSpec().commandLine();
    return command.getCommand() instanceof Stoppable stoppable
        ? StopNotice.watch(
            stoppable, command.getErr(), () -> new CommandLine.RunLast().execute(parsed))
        : new CommandLine.RunLast().execute(parsed);
  }

  /** Returns the command line with all commands. */
  static CommandLine line() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Returns the version that the build wrote into the program. */
  static final class Build implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"costlake " + BuildVersion.text()};
    }
  }
}
