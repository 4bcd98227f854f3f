package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The sentence about shared cost. */
class PoolFindingsTest {
  @Test
  void separatesSharedCostFromTaxThatIsSplitTheSameWay() {
    PoolFindings findings =
        new PoolFindings(
            Samples.plausible(), new FigureFormat(Locale.US), new StatementTexts(Locale.US));
    assertThat(findings.lede())
        .isEqualTo(
            "USD 34,384.14 of shared cost came by way of 2 pools; tax and credits of 2,417.45 were"
                + " split the same way.");
    assertThat(findings.total()).isEqualByComparingTo("34384.14");
  }
}
