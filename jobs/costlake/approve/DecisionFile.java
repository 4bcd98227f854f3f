package costlake.approve;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import costlake.approve.Estimates.KnownRun;
import costlake.config.ApprovalsConfig;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What launchers read that cannot wait for a JVM: which runs may start, and what accelerators cost.
 * docs/approvals.md describes the file.
 *
 * @param shape version of the shape: 1
 * @param accelerators model and price of each name of an accelerator that has a price
 * @param runs the request in force of each run that has one
 */
record DecisionFile(
    int shape,
    String writtenAt,
    String currency,
    BigDecimal costMin,
    Map<String, Accelerator> accelerators,
    Map<String, Run> runs) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  private static final int CENTS = 2;
  private static final Duration KEPT = Duration.ofDays(90);
  private static final KnownRun UNKNOWN = new KnownRun(null, null, null);

  /** An accelerator with its price in the currency of the file. */
  record Accelerator(String model, BigDecimal hourlyRate) {}

  /**
   * The request of a run.
   *
   * @param cap approved or requested cost
   * @param used cost so far as of the last night; null if it is not known
   * @param expires when the approval ends; null if the run started in time
   */
  record Run(
      String request,
      String state,
      String acceleratorModel,
      BigDecimal acceleratorHours,
      BigDecimal cap,
      @Nullable BigDecimal used,
      @Nullable String expires) {}

  /**
   * Writes the file if one is configured. A reader sees the earlier file or this one.
   *
   * @throws Failure with exit code 2 if the file cannot be written
   */
  static void publish(
      ApprovalsConfig config, Approvals approvals, Map<String, Price> prices, Instant now) {
    String file = config.decisionFile();
    if (file != null) {
      write(Path.of(file), of(config, approvals, prices, now));
    }
  }

  private static DecisionFile of(
      ApprovalsConfig config, Approvals approvals, Map<String, Price> prices, Instant now) {
    Map<String, Accelerator> accelerators = new TreeMap<>();
    prices.forEach(
        (name, price) ->
            accelerators.put(
                name,
                new Accelerator(
                    price.acceleratorModel(), price.hourlyRate().stripTrailingZeros())));
    Map<String, Approval> last = new TreeMap<>();
    approvals.all().forEach(approval -> last.put(approval.request().runId(), approval));
    Map<String, Run> runs = new TreeMap<>();
    last.forEach(
        (id, approval) -> run(approvals, approval, now).ifPresent(run -> runs.put(id, run)));
    return new DecisionFile(
        1, second(now), config.currencyOfRequests(), config.costMin(), accelerators, runs);
  }

  /** Returns the request of a run, unless it is withdrawn, expired, or long past. */
  private static Optional<Run> run(Approvals approvals, Approval approval, Instant now) {
    Optional<KnownRun> known = approvals.known(approval);
    boolean isRunning = known.filter(run -> run.endedAt() == null).isPresent();
    boolean isRecent = now.isBefore(approval.expiresAt().plus(KEPT));
    return approvals.isInForce(approval) && (isRecent || isRunning)
        ? Optional.of(run(approval, approvals.state(approval), known.orElse(UNKNOWN)))
        : Optional.empty();
  }

  private static Run run(Approval approval, String state, KnownRun known) {
    ApprovalRequest request = approval.request();
    return new Run(
        request.id(),
        state,
        request.price().acceleratorModel(),
        request.acceleratorHours().stripTrailingZeros(),
        cents(request.projectedCost()),
        known.cost() == null ? null : cents(known.cost()),
        known.startedAt() == null ? second(approval.expiresAt()) : null);
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(CENTS, RoundingMode.HALF_UP);
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void write(Path file, DecisionFile content) {
    try {
      AtomicFile.write(file, JSON.writeValueAsBytes(content));
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot write the decision file %s: %s. Correct approvals.decision_file",
          file,
          FileErrors.why(e));
    }
  }
}
