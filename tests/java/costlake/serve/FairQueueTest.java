package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.flight.FlightRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order in which users get turns, and the limits of each user. */
@Timeout(30)
class FairQueueTest {
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  private Thread waiting(FairQueue turns, String user) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                started.countDown();
                turns.take(user, () -> false);
                order.add(user);
                turns.end(user);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    started.await();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    return thread;
  }

  @Test
  void aUserWithManyRequestsDoesNotDelayOthers() throws InterruptedException {
    FairQueue turns = new FairQueue(1, 1, 10);
    assertThat(turns.take("pat", () -> false)).isTrue();
    List<Thread> threads = new ArrayList<>();
    for (String user : List.of("ines", "ines", "ines", "finn", "lena")) {
      threads.add(waiting(turns, user));
    }
    turns.end("pat");
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order.indexOf("finn")).isLessThan(3);
    assertThat(order.indexOf("lena")).isLessThan(3);
    assertThat(order).hasSize(5);
  }

  @Test
  void noUserHasMoreTurnsAtOnceThanAllowed() throws InterruptedException {
    FairQueue turns = new FairQueue(2, 1, 10);
    assertThat(turns.take("ines", () -> false)).isTrue();
    Thread second = waiting(turns, "ines");
    assertThat(turns.take("finn", () -> false)).as("a turn is left for another").isTrue();
    assertThat(order).isEmpty();
    turns.end("ines");
    second.join();
    assertThat(order).containsExactly("ines");
  }

  @Test
  void refusesTooManyRequestsAndDropsThoseThatHaveEnded() throws InterruptedException {
    FairQueue turns = new FairQueue(1, 1, 1);
    assertThat(turns.take("ines", () -> false)).isTrue();
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean taken = new AtomicBoolean(true);
    Thread second =
        new Thread(
            () -> {
              try {
                taken.set(turns.take("ines", ended::get));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    second.start();
    while (second.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    assertThatThrownBy(() -> turns.take("ines", () -> false))
        .isInstanceOf(FlightRuntimeException.class)
        .hasMessageContaining("1 of your queries are waiting already");
    ended.set(true);
    turns.wake();
    second.join();
    assertThat(taken).isFalse();
    turns.end("ines");
    assertThat(turns.take("ines", () -> false)).as("nothing was lost").isTrue();
  }

  @Test
  void anInterruptedRequestDoesNotDelayOthers() throws InterruptedException {
    FairQueue turns = new FairQueue(1, 1, 1);
    assertThat(turns.take("ines", () -> false)).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> turns.take("finn", () -> false))
        .isInstanceOf(InterruptedException.class);
    turns.end("ines");
    assertThat(turns.take("pat", () -> false)).isTrue();
  }
}
