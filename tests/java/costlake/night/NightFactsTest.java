package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.SourceSettings;
import costlake.core.Delivery;
import costlake.model.RelationName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks which sources a night reads in another way than the night before. */
class NightFactsTest {
  private static final SourceSettings.Key TRAIN = new SourceSettings.Key("train", "prometheus");
  private static final SourceSettings.Key FOCUS = new SourceSettings.Key("oci", "focus");
  private static final SourceSettings.Key AZURE = new SourceSettings.Key("oci", "azure");
  private static final Map<String, String> KNOWN =
      Map.of(
          TRAIN.fact(),
          "cluster a",
          FOCUS.fact(),
          "Oracle",
          "kind focus",
          "1",
          "native columns",
          "UNLISTED",
          "code number",
          "1",
          "reference.aws_units",
          "1");

  @Test
  void theSameFactsReconfigureNothing() {
    NightFacts facts = facts(Map.of());
    assertThat(facts.reconfigured()).isEmpty();
    assertThat(facts.inputs()).isEmpty();
    assertThat(facts.isFirstOfCode()).isFalse();
    assertThat(facts.toCheckAgain(deliveries())).isEmpty();
  }

  @Test
  void theClusterOfMeasurementsIsASetting() {
    assertThat(facts(Map.of(TRAIN.fact(), "cluster b")).reconfigured()).containsExactly(TRAIN);
  }

  @Test
  void aFurtherKindOfASourceIsNoChangeOfItsDeliveries() {
    NightFacts facts = facts(Map.of(AZURE.fact(), "none"));
    assertThat(facts.reconfigured()).isEmpty();
    assertThat(facts.toCheckAgain(deliveries())).isEmpty();
  }

  @Test
  void nativeColumnsOfTheTableAreASettingOfBills() {
    NightFacts facts = facts(Map.of("native columns", "ALL"));
    assertThat(facts.reconfigured()).containsExactly(FOCUS);
    assertThat(facts.toCheckAgain(deliveries())).isEmpty();
  }

  @Test
  void deliveriesAreCheckedAgainIfTheirSettingsOrTheirKindDiffer() {
    assertThat(facts(Map.of(FOCUS.fact(), "Other")).toCheckAgain(deliveries())).hasSize(1);
    assertThat(facts(Map.of("kind focus", "2")).toCheckAgain(deliveries())).hasSize(1);
  }

  @Test
  void deliveriesAreCheckedAgainByOtherCode() {
    NightFacts raised = facts(Map.of("code number", "2"));
    assertThat(raised.isFirstOfCode()).isTrue();
    assertThat(raised.toCheckAgain(deliveries())).hasSize(1);
    assertThat(new NightFacts(KNOWN, Map.of()).toCheckAgain(deliveries())).hasSize(1);
  }

  @Test
  void anInputThatDiffersIsNamed() {
    assertThat(facts(Map.of("reference.aws_units", "2")).inputs())
        .containsExactly(RelationName.parse("reference.aws_units"));
  }

  private static NightFacts facts(Map<String, String> others) {
    Map<String, String> now = new HashMap<>(KNOWN);
    now.putAll(others);
    return new NightFacts(now, KNOWN);
  }

  private static NightDeliveries deliveries() {
    Delivery bill = Deliveries.ofSeptember("oci", "focus");
    return new NightDeliveries(List.of(bill), List.of(bill), List.of(), List.of());
  }
}
