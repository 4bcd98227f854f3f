package costlake.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KillPointsTest {
  private static final List<String> POINTS = List.of("a", "b", "c", "d", "e");

  @Test
  void threePartsHaveEachPointOnce() {
    assertThat(IntStream.range(0, 3).boxed().flatMap(i -> KillPoints.ofPart(POINTS, i).stream()))
        .containsExactlyInAnyOrderElementsOf(POINTS);
    assertThat(KillPoints.ofPart(POINTS, 1)).containsExactly("b", "e");
  }

  @Test
  void refusesAPartThatDoesNotExist() {
    assertThatThrownBy(() -> KillPoints.ofPart(POINTS, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("costlake.kill.part is 0, 1 or 2, not 3");
  }
}
