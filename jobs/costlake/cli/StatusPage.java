package costlake.cli;

import costlake.config.Config;
import costlake.core.Plural;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats the state of a lake for a person: ten lines, then one line for each problem. */
final class StatusPage {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
  private static final String NONE = "none";

  private final Config config;
  private final LakeStatus status;
  private final List<UnresolvedMail> mails;

  private StatusPage(Config config, LakeStatus status, List<UnresolvedMail> mails) {
    this.config = config;
    this.status = status;
    this.mails = mails;
  }

  static List<String> lines(Config config, LakeStatus status, List<UnresolvedMail> mails) {
    return new StatusPage(config, status, mails).lines();
  }

  private List<String> lines() {
    Optional<LakeStatus.LastRun> run = Optional.ofNullable(status.lastRun());
    List<String> problems = problems();
    List<String> lines = new ArrayList<>();
    add(lines, "Lake", config.lake().root());
    add(lines, "Published", publication());
    add(lines, "Last run", run.map(this::run).orElse(NONE));
    add(lines, "Message", run.map(LakeStatus.LastRun::message).orElse(NONE));
    add(lines, "Steps", run.map(r -> counts(r.steps())).orElse(NONE));
    add(lines, "Sources", sources());
    add(lines, "Rejected", rejects());
    add(lines, "Closed", closed());
    add(lines, "Mails", counts(status.mails()));
    add(lines, "Problems", problems.isEmpty() ? NONE : Integer.toString(problems.size()));
    problems.forEach(problem -> lines.add("  " + problem));
    return lines;
  }

  private static void add(List<String> lines, String name, String value) {
    lines.add("%-10s %s".formatted(name, value));
  }

  private String publication() {
    return Optional.ofNullable(status.publication())
        .map(
            p ->
                "publication %d, %s: %s from %s%s"
                    .formatted(
                        p.number(),
                        at(p.at()),
                        Plural.of(p.tables(), "table", "tables"),
                        Plural.of(p.deliveries(), "delivery", "deliveries"),
                        p.until() == null
                            ? ""
                            : ", stopped after %s; later tables are older".formatted(p.until())))
        .orElse("nothing yet");
  }

  private String run(LakeStatus.LastRun run) {
    String what =
        run.verb() == null ? "a run that was interrupted" : run.verb() + " of " + run.period();
    return "%s, %s: %s in %d s"
        .formatted(
            what,
            at(run.startedAt()),
            run.status(),
            Duration.ofMillis(run.durationMs()).toSeconds());
  }

  private String sources() {
    long silent = status.sources().stream().filter(s -> s.deliveries() == 0).count();
    String newest =
        status.sources().stream()
            .filter(s -> s.landedAt() != null)
            .max(Comparator.comparing(LakeStatus.SourceState::landedAt))
            .map(
                s ->
                    "; the latest delivery is of "
                        + s.sourceId()
                        + ", "
                        + at(Objects.requireNonNull(s.landedAt())))
            .orElse("");
    return status.sources().size()
        + (silent == 0 ? "" : ", " + silent + " without a delivery")
        + newest;
  }

  private String rejects() {
    String rejects =
        status.sources().stream()
            .filter(s -> s.rejects() > 0)
            .map(s -> Plural.of(s.rejects(), "row", "rows") + " of " + s.sourceId())
            .collect(Collectors.joining(", "));
    return rejects.isEmpty() ? NONE : rejects + " (ops.rejects)";
  }

  private String closed() {
    List<LakeStatus.Closed> months = status.closedMonths();
    if (months.isEmpty()) {
      return NONE;
    }
    LakeStatus.Closed last = months.get(months.size() - 1);
    return "%s, the last is %s with %s"
        .formatted(
            Plural.of(months.size(), "month", "months"),
            last.month(),
            Plural.of(last.statements(), "statement", "statements"));
  }

  private List<String> problems() {
    Stream<String> unfinished =
        Optional.ofNullable(status.unfinishedPublication()).stream()
            .map(n -> "publication " + n + " was interrupted: the next night finishes it");
    Stream<String> steps =
        Optional.ofNullable(status.lastRun()).stream()
            .flatMap(run -> run.problems().stream())
            .filter(problem -> problem.status().equals("failed"))
            .map(
                problem ->
                    line("failed", problem.step() + " " + problem.subject(), problem.detail()));
    Stream<String> warnings =
        status.warnings().stream()
            .map(warning -> line("warning", warning.subject(), warning.detail()));
    Stream<String> open =
        mails.stream()
            .map(
                m ->
                    line(
                        m.state(),
                        m.kind() + " " + m.messageId() + " to " + m.recipients(),
                        m.detail()));
    return Stream.of(unfinished, steps, warnings, open).flatMap(lines -> lines).toList();
  }

  private static String line(String kind, String subject, String detail) {
    boolean silent = detail == null || detail.isBlank();
    return kind + " " + subject + (silent ? "" : ": " + detail.strip());
  }

  private static String counts(Map<String, Long> counts) {
    String text =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? NONE : text;
  }

  private String at(Instant moment) {
    return MINUTE.format(moment) + " (" + ago(Duration.between(moment, status.at())) + ")";
  }

  private static String ago(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " days ago";
    }
    return age.toHours() > 1 ? age.toHours() + " hours ago" : age.toMinutes() + " min ago";
  }
}
