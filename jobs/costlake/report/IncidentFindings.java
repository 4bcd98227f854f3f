package costlake.report;

import java.util.List;
import java.util.Objects;

/** Puts the incidents of a month into words. */
final class IncidentFindings {
  private static final int NAME_MAX = 48;

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  IncidentFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /**
   * An incident of the month.
   *
   * @param days its days, e.g. 19–20 Sep
   * @param owner team that can act; empty if nobody pays
   * @param line last part of the id of the line of an event that states its money; empty if none
   *     does
   */
  record Told(String what, String days, String owner, String line, PrintedRow row) {}

  /** Returns the incidents of the month, the largest first. */
  public List<Told> all() {
    return statement.rows("incidents").stream().map(this::told).toList();
  }

  /** Returns those whose money is stated by no line of an event. */
  public List<Told> besideEvents() {
    return all().stream().filter(each -> each.line().isEmpty()).toList();
  }

  /** Returns the ids of the incidents that the line of an event explains, e.g. for a note. */
  public String of(PrintedRow event) {
    return String.join(
        ", ",
        all().stream()
            .map(Told::row)
            .filter(row -> Objects.equals(row.get("event_position"), event.get("position")))
            .map(row -> row.text("incident_id"))
            .toList());
  }

  private Told told(PrintedRow row) {
    return new Told(
        what(row),
        figures.days(row.day("started_on"), row.day("ended_on")),
        shown(owner(row)),
        line(row),
        row);
  }

  private String line(PrintedRow row) {
    return statement.rows("events").stream()
        .filter(event -> Objects.equals(event.get("position"), row.get("event_position")))
        .map(event -> String.valueOf(event.get("ref")))
        .findFirst()
        .orElse("");
  }

  private static String owner(PrintedRow row) {
    String name = row.textOrNull("owner_name");
    return name == null ? Objects.requireNonNullElse(row.textOrNull("owner_id"), "") : name;
  }

  private String what(PrintedRow row) {
    String item =
        Objects.requireNonNullElse(
            row.textOrNull("item"), Objects.requireNonNullElse(row.textOrNull("service"), ""));
    String cause = words.code("incident_causes", row.text("cause"));
    return item.isEmpty() ? cause : cause + ": " + shown(item);
  }

  private static String shown(String name) {
    return SafeNames.shorten(SafeNames.plain(name), NAME_MAX);
  }
}
