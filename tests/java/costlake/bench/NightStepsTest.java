package costlake.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NightStepsTest {
  private static final NightSteps STEPS =
      NightSteps.of(
          """
          name,seconds,begun
          build focus.cost_and_usage,2.5,1000
          build allocation.pool_units,2,3000
          build allocation.allocated_charges,1.5,4000
          delivery to published FOCUS,7.25,
          """);

  @Test
  void namesTheStepsThatRanAtATime() {
    assertThat(STEPS.at(Instant.ofEpochMilli(500))).isEmpty();
    assertThat(STEPS.at(Instant.ofEpochMilli(3200)))
        .containsExactly("build focus.cost_and_usage", "build allocation.pool_units");
    assertThat(STEPS.at(Instant.ofEpochMilli(5400))).containsExactly(NightSteps.ALLOCATED);
  }

  @Test
  void knowsWhenTheChargesWereAllocatedAndHowLongTheWayToFocusTook() {
    assertThat(STEPS.end(NightSteps.ALLOCATED)).isEqualTo(Instant.ofEpochMilli(5500));
    assertThat(STEPS.seconds(NightSteps.TO_FOCUS)).isEqualTo(7.25);
    assertThat(STEPS.seconds()).hasSize(4).containsEntry("build allocation.pool_units", 2.0);
  }

  @Test
  void aStepThatIsMissingIsNamed() {
    assertThatThrownBy(() -> STEPS.end("build nothing")).hasMessageContaining("build nothing");
  }
}
