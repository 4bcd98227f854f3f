package costlake.cli;

import costlake.core.AtomicFile;
import costlake.core.Failure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of a lake in Prometheus' text format, for the textfile collector of node_exporter.
 * Times are in seconds since 1970. An unknown value has no sample.
 */
final class LakeMetrics {
  private static final int MILLIS_SCALE = 3;
  private static final String SUFFIX = ".prom";

  private final StringBuilder text = new StringBuilder();

  private LakeMetrics() {}

  /** A value of a metric. {@code labels} is in braces, or empty. */
  private record Sample(String labels, String value) {}

  static String text(LakeStatus status) {
    LakeMetrics metrics = new LakeMetrics();
    metrics.gauge(
        "status_timestamp_seconds", "When these metrics were read.", one(seconds(status.at())));
    metrics.run(Optional.ofNullable(status.lastRun()));
    metrics.publication(status);
    metrics.sources(status.sources());
    metrics.closes(status.closedMonths());
    metrics.gauge("mails", "Mails by state.", counts("state", status.mails()));
    return metrics.text.toString();
  }

  /**
   * Writes the metrics in one step: a reader sees either the old file or the new file.
   *
   * @param file its name must end in .prom, because the collector reads no other files
   */
  static void write(LakeStatus status, Path file) {
    if (!file.toString().endsWith(SUFFIX)) {
      throw Failure.operator(
          """
          Cannot write metrics to %s: the textfile collector of Prometheus reads only names that end
          in %s. Rename the file
          """,
          file, SUFFIX);
    }
    try {
      AtomicFile.replace(file, text(status).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Failure.operator(
          e, "Cannot write metrics to %s: %s. Create the folder, and allow writing to it", file, e);
    }
  }

  private void run(Optional<LakeStatus.LastRun> run) {
    gauge(
        "last_run_timestamp_seconds",
        "When the last run began.",
        run.stream()
            .map(
                r ->
                    new Sample(
                        labels("verb", r.verb(), "status", r.status()), seconds(r.startedAt()))));
    gauge(
        "last_run_duration_seconds",
        "How long the last run took.",
        run.stream().flatMap(r -> one(thousandths(r.durationMs()))));
    gauge(
        "last_run_failed",
        "Whether the last run failed.",
        run.stream().flatMap(r -> one(flag(r.status().equals("failed")))));
    gauge(
        "last_run_steps",
        "Steps of the last run by how they ended.",
        run.stream().flatMap(r -> counts("status", r.steps())));
  }

  private void publication(LakeStatus status) {
    Optional<LakeStatus.InForce> publication = Optional.ofNullable(status.publication());
    gauge(
        "publication_number",
        "The publication in force.",
        publication.stream().flatMap(p -> one(Long.toString(p.number()))));
    gauge(
        "publication_timestamp_seconds",
        "When the publication in force was published.",
        publication.stream().flatMap(p -> one(seconds(p.at()))));
    gauge(
        "publication_unfinished",
        "Whether a publication was interrupted; the next night finishes it.",
        one(flag(status.unfinishedPublication() != null)));
  }

  private void sources(List<LakeStatus.SourceState> sources) {
    gauge(
        "source_landed_timestamp_seconds",
        "When the latest delivery in force landed.",
        sources.stream()
            .filter(s -> s.landedAt() != null)
            .map(s -> new Sample(labels(s), seconds(s.landedAt()))));
    gauge(
        "source_deliveries",
        "Deliveries in force.",
        sources.stream().map(s -> new Sample(labels(s), Integer.toString(s.deliveries()))));
    gauge(
        "source_rejects",
        "Rows that the last run wrote to ops.rejects.",
        sources.stream().map(s -> new Sample(labels(s), Long.toString(s.rejects()))));
  }

  private void closes(List<LakeStatus.Closed> closes) {
    gauge("closed_months", "Months closed.", one(Integer.toString(closes.size())));
    gauge(
        "last_closed_month_timestamp_seconds",
        "First day of the latest month closed.",
        closes.stream()
            .map(LakeStatus.Closed::month)
            .map(YearMonth::parse)
            .max(YearMonth::compareTo)
            .stream()
            .flatMap(m -> one(seconds(m.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC)))));
  }

  private void gauge(String name, String help, Stream<Sample> samples) {
    List<Sample> all = samples.toList();
    if (all.isEmpty()) {
      return;
    }
    text.append("# HELP costlake_%s %s\n# TYPE costlake_%s gauge\n".formatted(name, help, name));
    all.forEach(s -> text.append("costlake_%s%s %s\n".formatted(name, s.labels(), s.value())));
  }

  private static Stream<Sample> one(String value) {
    return Stream.of(new Sample("", value));
  }

  private static Stream<Sample> counts(String label, Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> new Sample(labels(label, e.getKey()), e.getValue().toString()));
  }

  private static String labels(LakeStatus.SourceState source) {
    return labels("source", source.sourceId(), "kind", source.kind());
  }

  private static String labels(String... namesAndValues) {
    StringBuilder labels = new StringBuilder("{");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels
          .append(i == 0 ? "" : ",")
          .append(namesAndValues[i])
          .append("=\"")
          .append(escaped(namesAndValues[i + 1]))
          .append('"');
    }
    return labels.append('}').toString();
  }

  private static String escaped(String value) {
    return value == null
        ? ""
        : value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String seconds(Instant moment) {
    return thousandths(moment.toEpochMilli());
  }

  private static String thousandths(long millis) {
    return BigDecimal.valueOf(millis, MILLIS_SCALE).toPlainString();
  }

  private static String flag(boolean holds) {
    return holds ? "1" : "0";
  }
}
