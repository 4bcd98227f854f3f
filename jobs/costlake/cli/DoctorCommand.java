package costlake.cli;

import com.sun.management.OperatingSystemMXBean;
import costlake.alert.AlertSender;
import costlake.build.ConfigurationViews;
import costlake.build.ContractCheck;
import costlake.build.Functions;
import costlake.config.Config;
import costlake.config.Source;
import costlake.config.UnusedFiles;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import costlake.core.Message;
import costlake.core.Plural;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.land.Rehearsal;
import costlake.land.SourceCheck;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.night.DeliveredAudits;
import costlake.telemetry.Telemetry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Runs {@code costlake doctor}: prints one line for each check and fails if a check found a
 * problem.
 */
@Command(
    name = "doctor",
    description = {
      "Check everything that a night needs.",
      "It checks Java, memory, configuration, folders and models, and reads each new file of the"
          + " sources as the next night would, without changing the lake."
    },
    footer = {"", "Example: costlake doctor --conf demo/conf"})
final class DoctorCommand implements Runnable {
  private static final long FREE_BYTES_MIN = 2L << 30;
  private static final long HEAP_BYTES_MIN = 900L << 20;
  private static final int MIB_BITS = 20;
  private static final int PROBLEMS_SHOWN = 3;

  @Mixin CommonOptions common;

  private final List<String> problems = new ArrayList<>();

  @Override
  public void run() {
    check(
        "Java 17",
        Runtime.version().feature() == 17,
        "this is " + Runtime.version() + "; set JAVA_HOME to a JDK 17");
    memory();
    Config config = common.config();
    say("ok       configuration");
    routes(config);
    folders(config);
    withSpark(config);
    if (!problems.isEmpty()) {
      throw Failure.operator(
          "Found %s:\n  %s",
          Plural.of(problems.size(), "problem", "problems"), String.join("\n  ", problems));
    }
  }

  /** Checks the routes of alerts, whose addresses and keys the configuration has found. */
  private void routes(Config config) {
    try {
      AlertSender.checkKinds(config);
      config.alertRoutes().stream()
          .map(r -> "route %s: %s at %s".formatted(r.id(), r.type().word(), r.address().getHost()))
          .forEach(line -> say("ok       " + line));
    } catch (Failure failure) {
      check("routes of alerts", false, failure.getMessage());
    }
  }

  private void withSpark(Config config) {
    SparkSession spark = Sessions.open(config);
    try {
      sources(config, spark);
      models(config, spark);
    } finally {
      spark.stop();
    }
  }

  /** Returns the deliveries of earlier nights, with which the next night compares. */
  private List<Delivery> published(Config config, SparkSession spark) {
    if (!Lake.exists(config.lake())) {
      return List.of();
    }
    try {
      return Lake.open(config.lake(), spark)
          .publication()
          .map(Publication::deliveries)
          .orElse(List.of());
    } catch (Failure failure) {
      check("lake", false, failure.getMessage());
      return List.of();
    }
  }

  private void sources(Config config, SparkSession spark) {
    Progress progress = common.console().progress();
    try (Rehearsal rehearsal = Rehearsal.of(config, published(config, spark), progress)) {
      List<Delivery> deliveries =
          config.sources().stream().flatMap(source -> source(rehearsal, source).stream()).toList();
      records(config, spark, deliveries);
    }
  }

  /** Says which records meet no bill. This stops no night, so it is no problem of the doctor. */
  private void records(Config config, SparkSession spark, List<Delivery> deliveries) {
    try {
      DeliveredAudits.of(spark, config, deliveries).forEach(this::note);
    } catch (RuntimeException e) {
      Failure wrong = FailureReporter.wrongList(e).orElseThrow(() -> e);
      check("records", false, wrong.getMessage());
    }
  }

  private void note(DeliveredAudits.Finding found) {
    say(
        "note     %s, %s: %s"
            .formatted(found.month(), Plural.of(found.rows(), "row", "rows"), found.meaning()));
    found.shown().forEach(row -> say("           " + row));
    if (found.rows() > found.shown().size()) {
      say("           ...");
    }
  }

  /** Checks a source, and returns the deliveries that the next night would have of it. */
  private List<Delivery> source(Rehearsal rehearsal, Source source) {
    SourceCheck found = SourceCheck.of(rehearsal, source);
    String name = "source " + source.id();
    if (found.problems().isEmpty()) {
      say("ok       " + name + ": " + found.summary());
    }
    found.problems().stream().limit(PROBLEMS_SHOWN).forEach(problem -> check(name, false, problem));
    found.notices().forEach(notice -> say("note     " + name + " " + shown(notice)));
    int more = found.problems().size() - PROBLEMS_SHOWN;
    if (more > 0) {
      check(name, false, more + " more files have problems of this kind");
    }
    return found.landed();
  }

  private static String shown(LandResult.Notice notice) {
    return notice.period().equals(Delivery.ALL_PERIODS)
        ? notice.message()
        : "%s: %s".formatted(notice.period(), notice.message());
  }

  private void memory() {
    long heap = Runtime.getRuntime().maxMemory();
    check("heap", heap >= HEAP_BYTES_MIN, "set COSTLAKE_HEAP to 2g or more");
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
      check(
          "memory",
          heap <= machine.getTotalMemorySize(),
          Message.of(
              "the heap may grow to %d MiB, but the machine has %d MiB; set COSTLAKE_HEAP to less",
              heap >> MIB_BITS, machine.getTotalMemorySize() >> MIB_BITS));
    }
  }

  private void folders(Config config) {
    UnusedFiles.in(config.home()).forEach(message -> check("configuration", false, message));
    folder("lake", config.lake().root());
    folder("statements", config.statement().to());
    folder("temporary files", System.getProperty("java.io.tmpdir"));
  }

  /** Checks that a folder exists or can be created, is writable and has free space. */
  private void folder(String what, String place) {
    Path existing = Folders.existing(Path.of(place));
    boolean isWritable = Files.isDirectory(existing) && Files.isWritable(existing);
    check(what + " can be written", isWritable, place + " cannot be written");
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      check(
          "space for " + what,
          free > FREE_BYTES_MIN,
          "only %d MiB are free at %s, and a night may need 2048"
              .formatted(free >> MIB_BITS, place));
    } catch (IOException e) {
      check("space for " + what, false, FileErrors.why(e));
    }
  }

  private void models(Config config, SparkSession spark) {
    Graph graph = Models.embedded().compile();
    Functions.register(spark);
    Bronze.register(spark, config, List.of());
    Telemetry.register(spark, config, List.of(), Set.of());
    ConfigurationViews.register(spark, config, graph);
    ContractCheck.check(spark, graph);
    say("ok       " + graph.order().size() + " models compile and match their contracts");
  }

  private void check(String what, boolean holds, String otherwise) {
    say((holds ? "ok       " : "PROBLEM  ") + what + (holds ? "" : ": " + otherwise));
    if (!holds) {
      problems.add(what + ": " + otherwise);
    }
  }

  private void say(String line) {
    common.out().println(line);
  }
}
