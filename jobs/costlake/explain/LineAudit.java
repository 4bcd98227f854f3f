package costlake.explain;

import costlake.report.StatementPages;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Holds the figure of each printed line against the sum of its rows, by the condition that explains
 * the line. Leaves out statements with corrections of closed months, which state money beyond the
 * charges of their month.
 */
public final class LineAudit {
  private static final String WITHOUT_CORRECTIONS =
      """
      select billing_month, receiver_id, billing_currency
      from reporting.statements
      left anti join (
          select billing_month, receiver_id, billing_currency
          from reporting.statement_lines
          where correction_of_month is not null
      ) using (billing_month, receiver_id, billing_currency)""";

  /** A line whose figure is not the sum of its rows. */
  public record Difference(String line, BigDecimal figure, BigDecimal sum) {
    /** Returns the difference as text. */
    public String shown() {
      return "%s states %s, and what it sums adds up to %s"
          .formatted(line, ExplanationStep.plain(figure), ExplanationStep.plain(sum));
    }
  }

  private LineAudit() {}

  /**
   * Returns the lines whose figure is not the sum of their rows.
   *
   * @param statement selects the statements by {@code billing_month}, {@code receiver_id} and
   *     {@code billing_currency}
   */
  public static List<Difference> differences(SparkSession spark, Column statement) {
    return differences(spark, statement, StatementPages.embedded());
  }

  static List<Difference> differences(SparkSession spark, Column statement, StatementPages pages) {
    return new PrintedLines(pages)
        .wrong(spark, spark.sql(WITHOUT_CORRECTIONS).where(statement)).stream()
            .map(
                row ->
                    new Difference(
                        row.getAs("line_id"), row.getAs("figure"), row.getAs("sum_of_rows")))
            .toList();
  }
}
