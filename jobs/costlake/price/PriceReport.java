package costlake.price;

import costlake.core.Failure;
import costlake.core.Plural;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What traffic would have cost.
 *
 * @param costs one for each model, in the order in which the models were asked for, or of their
 *     names
 * @param requests rows of the traffic, rejected ones too
 * @param leftOut requests that a proxy answered from its own cache; they cost nothing
 * @param rejected number of rejected rows; a row that only some models cannot price counts once for
 *     each of them
 * @param firstRejects the first of them, with file, row and reason
 * @param list file that lists them all; null if none was asked for
 */
public record PriceReport(
    List<ModelCost> costs,
    long requests,
    long leftOut,
    long rejected,
    List<String> firstRejects,
    @Nullable Path list) {

  /**
   * The cost of the traffic on one model.
   *
   * @param requests number of requests that have a price
   * @param later number of requests from before the first day of the prices of the model; they are
   *     priced as of that day
   * @param inputTokens tokens of their prompts, cached ones too
   * @param outputTokens tokens that were generated
   * @param usd exact cost in USD
   */
  public record ModelCost(
      PricedModel model,
      long requests,
      long later,
      BigDecimal inputTokens,
      BigDecimal outputTokens,
      BigDecimal usd) {}

  public PriceReport {
    costs = List.copyOf(costs);
    firstRejects = List.copyOf(firstRejects);
  }

  /**
   * Refuses traffic of which something could not be priced.
   *
   * @throws Failure with exit code 3 that says how much, and where it is listed
   */
  public void requireWhole() {
    if (rejected > 0) {
      throw Failure.data(
          """
          Cannot price all of %s: %s left out of the figures above. %s Correct them and run again.
          """,
          Plural.of(requests, "request", "requests"),
          Plural.of(rejected, "row is", "rows are"),
          list == null ? "--rejects FILE lists them all." : list + " lists them.");
    }
  }
}
