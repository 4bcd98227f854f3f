package costlake.cli;

import costlake.build.ContractCheck;
import costlake.build.Functions;
import costlake.build.InputViews;
import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Failure;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "doctor",
    description = {
      "Check everything that a night needs.",
      "It checks Java, memory, configuration, sources, lake and models."
    },
    footer = {"", "Example: costlake doctor --conf demo/conf"})
final class DoctorVerb implements Runnable {
  private static final long ROOM_BYTES = 2L << 30;
  private static final long HEAP_BYTES = 900L << 20;

  @Mixin Common common;

  private final List<String> troubles = new ArrayList<>();

  @Override
  public void run() {
    check(
        "Java 17",
        Runtime.version().feature() == 17,
        "this is " + Runtime.version() + "; set JAVA_HOME to a JDK 17");
    check(
        "heap", Runtime.getRuntime().maxMemory() >= HEAP_BYTES, "set COSTLAKE_HEAP to 2g or more");
    Config config = common.config();
    say("ok       configuration");
    config.sources().forEach(this::source);
    lake(config);
    models(config);
    if (!troubles.isEmpty()) {
      throw Failure.operator(
          "Found " + troubles.size() + " troubles:\n  " + String.join("\n  ", troubles));
    }
  }

  private void source(Source source) {
    boolean local = source.location() != null && !source.location().contains("://");
    check(
        "source " + source.id(),
        !local || Files.exists(Path.of(source.location())),
        source.location() + " is not there");
  }

  private void lake(Config config) {
    Path root = Path.of(config.lake().root());
    Path existing = root;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    check(
        "lake is writable",
        existing != null && Files.isWritable(existing),
        root + " cannot be written");
    try {
      check(
          "room for the lake",
          existing != null && Files.getFileStore(existing).getUsableSpace() > ROOM_BYTES,
          "less than 2 GiB are free at " + root);
    } catch (IOException e) {
      check("room for the lake", false, e.getMessage());
    }
  }

  private void models(Config config) {
    Graph graph = Models.embedded().compile();
    SparkSession spark = Sessions.open(config);
    try {
      Functions.register(spark);
      Bronze.register(spark, config, List.of());
      Telemetry.register(spark, config, List.of(), Set.of());
      InputViews.register(spark, config, graph);
      ContractCheck.check(spark, graph);
      say("ok       " + graph.order().size() + " models compile and keep their contracts");
    } finally {
      spark.stop();
    }
  }

  private void check(String what, boolean holds, String otherwise) {
    say((holds ? "ok       " : "TROUBLE  ") + what + (holds ? "" : ": " + otherwise));
    if (!holds) {
      troubles.add(what + ": " + otherwise);
    }
  }

  private void say(String line) {
    common.out().println(line);
  }
}
