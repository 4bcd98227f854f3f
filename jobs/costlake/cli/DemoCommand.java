package costlake.cli;

import costlake.config.Config;
import costlake.config.StoredSets;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.night.NightReport;
import costlake.night.NightRun;
import costlake.sample.SampleData;
import costlake.sample.SampleSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs {@code costlake demo}: generates a sample company unless the folder already contains its
 * configuration, then runs a night.
 */
@Command(
    name = "demo",
    description = {
      "Make a sample company and print its statements.",
      "Generates bills and telemetry, runs the night and prints the statements of every team."
    },
    footer = {"", "Example: costlake demo --dir demo"})
final class DemoCommand implements Runnable, Stoppable {
  @Mixin CommonOptions common;

  @Option(names = "--dir", paramLabel = "DIR", description = "Folder to write (default: demo).")
  Path dir = Path.of("demo");

  @Override
  public String whatStands() {
    return Files.isDirectory(dir.resolve("conf"))
        ? PUBLISHING
        : "The sample company in %s is not complete. Remove this folder, and run the same command again."
            .formatted(dir);
  }

  @Override
  public void run() {
    Console console = common.console();
    Path conf = dir.resolve("conf");
    if (!Files.isDirectory(conf)) {
      refuseForeign();
      console.say("Writing a sample company to " + dir);
      SampleData.generate(SampleSettings.demo(), dir, console.progress());
      StoredSets.write(conf, common.sets);
    }
    Config config = Config.load(conf, common.environment, common.sets);
    BillingPeriod month = new BillingPeriod(SampleSettings.demo().last());
    try (LakeSession session = LakeSession.open(config)) {
      console.say("Running its night: thirteen months of three clouds, two months of accelerators");
      NightReport night =
          NightRun.run(session.spark(), config, "night", Set.of(), console.progress());
      console.say(night.message());
      console.say("Printing the statements of " + month);
      List<Path> files =
          ReportCommand.documents(session.lake(), config, month, Optional.empty()).stream()
              .flatMap(document -> document.write(Path.of(config.statement().to())).stream())
              .toList();
      say(conf, month, files);
    }
  }

  private void refuseForeign() {
    if (hasFiles()) {
      throw Failure.operator(
          "Cannot write the demo to %s: it is not empty. Give --dir another folder", dir);
    }
  }

  private boolean hasFiles() {
    String[] names = dir.toFile().list();
    return names != null && names.length > 0;
  }

  private void say(Path conf, BillingPeriod month, List<Path> files) {
    common.out().println("Statements of " + month + ":");
    files.stream()
        .filter(file -> file.toString().endsWith(".pdf"))
        .forEach(file -> common.out().println("  " + file));
    common.out().println("Expected figures of this company: " + dir.resolve("truth"));
    common.out().println("Queries to try:");
    for (String query :
        List.of(
            "select x_TeamId, x_CostKind, sum(EffectiveCost) from allocation.allocated_charges"
                + " where x_BillingMonth = '"
                + month.firstDay()
                + "' group by all order by all",
            "select * from economics.accelerator_unit_costs where usage_month = '"
                + month.firstDay()
                + "'",
            "select step, subject, status, rows, detail from ops.outcomes order by position")) {
      common.out().println("  ./costlake sql --conf " + conf + " \"" + query + "\"");
    }
    common
        .out()
        .println(
            "  ./costlake explain --conf " + conf + " ID   (an id printed on a statement line)");
    common.out().flush();
  }
}
