package costlake.close;

import com.fasterxml.jackson.annotation.JsonProperty;
import costlake.core.BillingPeriod;
import costlake.core.IssuedStatement;
import costlake.core.Sha256;
import java.util.List;
import java.util.Map;

/**
 * A decision to close or to re-open a month.
 *
 * @param closeNumber number of the close among the closes of the month: 1, 2, 3 ...; a re-opening
 *     has the number of the close that it undoes
 * @param publication number of the publication whose tables are frozen
 * @param tables version of each table to freeze; none for a re-opening
 * @param pins pin of each frozen table, see {@link TableFormat#pin}; empty until the tables are
 *     frozen
 * @param configuration the effective configuration, one line per value, without secrets
 * @param facts digests of the models, of the configuration and of each reference list, and how the
 *     statements were printed
 * @param statements statements that the close issued
 */
public record MonthChange(
    @JsonProperty("kind") Kind kind,
    @JsonProperty("period") BillingPeriod period,
    @JsonProperty("closeNumber") int closeNumber,
    @JsonProperty("publication") long publication,
    @JsonProperty("tables") Map<String, String> tables,
    @JsonProperty("pins") Map<String, String> pins,
    @JsonProperty("configuration") String configuration,
    @JsonProperty("facts") Map<String, String> facts,
    @JsonProperty("statements") List<IssuedStatement> statements) {

  /** Whether a month is closed or re-opened. */
  public enum Kind {
    CLOSED,
    REOPENED
  }

  public MonthChange {
    tables = Map.copyOf(tables);
    pins = Map.copyOf(pins);
    facts = Map.copyOf(facts);
    statements = List.copyOf(statements);
  }

  /** Returns a close whose tables are not frozen yet. */
  public static MonthChange closing(
      BillingPeriod period,
      int closeNumber,
      long publication,
      Map<String, String> tables,
      String configuration,
      Map<String, String> facts,
      List<IssuedStatement> statements) {
    return new MonthChange(
        Kind.CLOSED,
        period,
        closeNumber,
        publication,
        tables,
        Map.of(),
        configuration,
        facts,
        statements);
  }

  /** Returns a re-opening, which freezes no tables and issues no statements. */
  public static MonthChange reopening(
      BillingPeriod period, int closeNumber, long publication, String configuration) {
    return new MonthChange(
        Kind.REOPENED,
        period,
        closeNumber,
        publication,
        Map.of(),
        Map.of(),
        configuration,
        Map.of(),
        List.of());
  }

  MonthChange withPins(Map<String, String> pins) {
    return new MonthChange(
        kind, period, closeNumber, publication, tables, pins, configuration, facts, statements);
  }

  /** Returns the SHA-256 of the configuration. */
  public String configurationHash() {
    return Sha256.hex(configuration);
  }

  /** Returns the label of the pins of this close. The label is unique in a lake. */
  String label() {
    return "close-" + period + "-" + closeNumber;
  }
}
