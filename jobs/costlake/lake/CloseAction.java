package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import costlake.core.BillingPeriod;
import costlake.core.IssuedStatement;
import costlake.core.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of closing or re-opening a month. Once recorded, it is always carried out: after a
 * restart, the remaining steps are done.
 *
 * @param sequence rises by one with each act
 * @param closeNumber which close of the month it is; a re-opening has that of the close it undoes
 * @param publication sequence of the publication that was frozen
 * @param tables version of each table to freeze; none for a re-opening
 * @param pins where each frozen table is kept, once recorded
 * @param configuration the effective configuration, one line per value, without secrets
 * @param facts digests of the models, of the configuration and of each reference list, and how the
 *     statements were printed
 * @param reason why a month was re-opened; null for a close
 * @param actor who did it
 * @param statements what a close issued
 */
public record CloseAction(
    @JsonProperty("sequence") long sequence,
    @JsonProperty("state") State state,
    @JsonProperty("kind") Kind kind,
    @JsonProperty("period") BillingPeriod period,
    @JsonProperty("closeNumber") int closeNumber,
    @JsonProperty("runId") String runId,
    @JsonProperty("publication") long publication,
    @JsonProperty("tables") Map<String, String> tables,
    @JsonProperty("pins") Map<String, String> pins,
    @JsonProperty("configuration") String configuration,
    @JsonProperty("facts") Map<String, String> facts,
    @JsonProperty("reason") @Nullable String reason,
    @JsonProperty("actor") String actor,
    @JsonProperty("at") Instant at,
    @JsonProperty("statements") List<IssuedStatement> statements) {

  /** Progress of the act. */
  public enum State {
    RECORDING,
    RECORDED
  }

  /** The kind of act: close or re-open. */
  public enum Kind {
    CLOSED,
    REOPENED
  }

  /**
   * What closing and re-opening have in common; see {@link CloseAction} for each.
   *
   * @param at when it is done
   */
  public record Occasion(
      long sequence,
      BillingPeriod period,
      int closeNumber,
      String runId,
      long publication,
      String configuration,
      String actor,
      Instant at) {}

  public CloseAction {
    tables = Map.copyOf(tables);
    pins = Map.copyOf(pins);
    facts = Map.copyOf(facts);
    statements = List.copyOf(statements);
  }

  /** A close to be recorded. */
  public static CloseAction closing(
      Occasion occasion,
      Map<String, String> tables,
      Map<String, String> facts,
      List<IssuedStatement> statements) {
    return recording(Kind.CLOSED, occasion, tables, facts, null, statements);
  }

  /** A re-opening to be recorded: it freezes nothing and issues nothing. */
  public static CloseAction reopening(Occasion occasion, @Nullable String reason) {
    return recording(Kind.REOPENED, occasion, Map.of(), Map.of(), reason, List.of());
  }

  private static CloseAction recording(
      Kind kind,
      Occasion occasion,
      Map<String, String> tables,
      Map<String, String> facts,
      @Nullable String reason,
      List<IssuedStatement> statements) {
    return new CloseAction(
        occasion.sequence(),
        State.RECORDING,
        kind,
        occasion.period(),
        occasion.closeNumber(),
        occasion.runId(),
        occasion.publication(),
        tables,
        Map.of(),
        occasion.configuration(),
        facts,
        reason,
        occasion.actor(),
        occasion.at(),
        statements);
  }

  CloseAction recorded(Map<String, String> reached) {
    return new CloseAction(
        sequence,
        State.RECORDED,
        kind,
        period,
        closeNumber,
        runId,
        publication,
        tables,
        reached,
        configuration,
        facts,
        reason,
        actor,
        at,
        statements);
  }

  /** SHA-256 of the configuration. */
  public String configurationHash() {
    return Sha256.hex(configuration);
  }

  /** Name of what is frozen for it, unique in a lake. */
  String label() {
    return "close-" + period + "-" + closeNumber;
  }
}
