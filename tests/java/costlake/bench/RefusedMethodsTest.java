package costlake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records a process whose second compiler gets too little room for one of two methods. */
class RefusedMethodsTest {
  /** The smallest room that the virtual machine accepts. */
  private static final List<String> LITTLE_ROOM =
      List.of("-XX:TieredStopAtLevel=4", "-XX:MaxNodeLimit=1000", "-XX:NodeLimitFudgeFactor=100");

  @Test
  void namesWhatTheSecondCompilerRefusesAndCountsTheRest(@TempDir Path folder) throws IOException {
    Path recording = folder.resolve("run.jfr");
    List<String> options =
        Stream.concat(LITTLE_ROOM.stream(), RefusedMethods.recording(recording).stream()).toList();
    Child.run(options, folder.resolve("log"), Hot.class.getName(), List.of());

    RefusedMethods.Found found = RefusedMethods.in(recording, Hot.class.getName());

    assertThat(found.refused())
        .extracting(RefusedMethods.Refused::method)
        .contains(Hot.class.getName() + ".large")
        .doesNotContain(Hot.class.getName() + ".small");
    assertThat(found.refused().get(0).reason()).startsWith("out of nodes");
    assertThat(found.compiled()).isPositive();
    assertThat(RefusedMethods.in(recording, "another.Class").refused()).isEmpty();
  }

  /**
   * Runs a method that has many nodes once its calls are inlined, and the methods that it calls.
   */
  static final class Hot {
    private static final int TIMES = 300_000;

    private Hot() {}

    public static void main(String[] args) {
      long sum = 0;
      for (int i = 0; i < TIMES; i++) {
        sum = large(sum + i);
      }
      System.out.println(sum);
    }

    private static long large(long x) {
      return medium(medium(medium(medium(medium(medium(medium(medium(x))))))));
    }

    private static long medium(long x) {
      return small(small(small(small(small(small(small(small(x))))))));
    }

    private static long small(long x) {
      return x % 3 == 0 ? x * 5 + 1 : x / 7 - 1;
    }
  }
}
