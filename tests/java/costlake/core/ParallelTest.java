package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void resultsComeInTheOrderOfTheWork() {
    List<Callable<Integer>> work =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    (Callable<Integer>)
                        () -> {
                          Thread.sleep(i % 3);
                          return i;
                        })
            .toList();
    assertThat(Parallel.all("count", work)).isEqualTo(IntStream.range(0, 50).boxed().toList());
    assertThat(Parallel.all("do nothing", List.of())).isEmpty();
  }

  @Test
  void whatIsUncheckedIsThrownAsItIs() {
    for (Throwable thrown :
        List.of(
            Failure.operator("No such file."), new IllegalStateException(), new AssertionError())) {
      assertThatThrownBy(() -> Parallel.all("copy", List.of(() -> fail(thrown)))).isSameAs(thrown);
    }
  }

  @Test
  void whatIsCheckedSaysWhatWasDone() {
    assertThatThrownBy(() -> Parallel.all("copy", List.of(() -> fail(new IOException("gone")))))
        .isInstanceOf(Failure.class)
        .hasMessage("Cannot copy: java.io.IOException: gone");
  }

  private static int fail(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  @Test
  void nothingRunsWhenItThrows() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two processors");
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Callable<Integer> failing =
        () -> {
          running.await();
          throw Failure.operator("over");
        };
    Callable<Integer> slow =
        () -> {
          running.countDown();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            Thread.sleep(200);
            ended.set(true);
          }
          return 0;
        };
    assertThatThrownBy(() -> Parallel.all("work", List.of(failing, slow))).hasMessage("over");
    assertThat(ended).isTrue();
  }
}
