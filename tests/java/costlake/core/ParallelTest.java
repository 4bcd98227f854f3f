package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @BeforeEach
  void needsTwoProcessors() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two processors");
  }

  @Test
  void resultsAreInTheOrderOfTheTasks() {
    List<Callable<Integer>> work = new ArrayList<>();
    IntStream.range(0, 50)
        .forEach(
            i ->
                work.add(
                    () -> {
                      Thread.sleep(i % 3);
                      return i;
                    }));
    assertThat(Parallel.all("count", work)).isEqualTo(IntStream.range(0, 50).boxed().toList());
    assertThat(Parallel.all("do nothing", List.of())).isEmpty();
  }

  @Test
  void namedResultsKeepTheirNamesAndOrder() {
    Map<String, Callable<Integer>> work = new LinkedHashMap<>();
    work.put("z", () -> 1);
    work.put("a", () -> 2);
    assertThat(Parallel.all("count", work)).containsExactly(Map.entry("z", 1), Map.entry("a", 2));
  }

  @Test
  void throwsTheFailureOfATaskAndWrapsOtherExceptions() {
    Failure known = Failure.operator("No such file.");
    assertThatThrownBy(() -> Parallel.all("copy", List.of(() -> fail(known)))).isSameAs(known);
    for (Throwable thrown : List.of(new IOException("gone"), new AssertionError("gone"))) {
      assertThatThrownBy(() -> Parallel.all("copy", List.of(() -> fail(thrown))))
          .isInstanceOf(Failure.class)
          .hasMessage("Cannot copy: " + thrown)
          .hasCause(thrown);
    }
  }

  private static int fail(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  @Test
  void waitsForRunningTasksAndStartsNoOtherAfterAFailure() {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger begun = new AtomicInteger();
    List<Callable<Integer>> work = new ArrayList<>();
    work.add(
        () -> {
          running.countDown();
          Thread.sleep(500);
          ended.set(true);
          return 0;
        });
    work.add(
        () -> {
          running.await();
          throw Failure.operator("over");
        });
    IntStream.range(0, 100).forEach(i -> work.add(begun::incrementAndGet));
    assertThatThrownBy(() -> Parallel.all("work", work)).hasMessage("over");
    assertThat(ended).isTrue();
    assertThat(begun).hasValue(0);
  }

  @Test
  void interruptedCallFailsAfterAllTasksHaveEnded() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean flagged = new AtomicBoolean();
    List<Throwable> thrown = new ArrayList<>();
    Callable<Integer> slow =
        () -> {
          running.countDown();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            long over = System.nanoTime() + 200_000_000;
            while (System.nanoTime() < over) {
              Thread.onSpinWait();
            }
            ended.set(true);
          }
          return 0;
        };
    Thread caller =
        new Thread(
            () -> {
              try {
                Parallel.all("work", List.of(slow));
              } catch (Failure e) {
                thrown.add(e);
                flagged.set(Thread.currentThread().isInterrupted() && ended.get());
              }
            });
    caller.start();
    running.await();
    caller.interrupt();
    caller.join();
    assertThat(thrown)
        .singleElement()
        .extracting(Throwable::getMessage)
        .asString()
        .isEqualTo("Interrupted before it could work");
    assertThat(flagged).isTrue();
  }
}
