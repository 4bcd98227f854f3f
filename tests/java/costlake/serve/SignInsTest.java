package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.flight.FlightRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks the delays and the order of sign-ins when somebody guesses passwords. */
@Timeout(60)
class SignInsTest {
  private static final String PEER = "192.0.2.1";

  private static void fail(SignIns signIns, String name, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(signIns.attempt(name, PEER, Optional::empty)).isEmpty();
    }
  }

  @Test
  void eachFailureDoublesTheDelayOfTheNameUpToALimit() {
    SignIns signIns = new SignIns(Duration.ofMillis(1));
    assertThat(signIns.delay("ines", PEER)).isZero();
    long began = System.nanoTime();
    fail(signIns, "ines", 4);
    assertThat(signIns.delay("ines", PEER)).isEqualTo(Duration.ofMillis(8));
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("has waited")
        .isGreaterThanOrEqualTo(Duration.ofMillis(1 + 2 + 4));
    assertThat(signIns.delay("pat", PEER)).as("delay of another name").isZero();
    fail(signIns, "ines", 20);
    assertThat(signIns.delay("ines", PEER)).isEqualTo(Duration.ofMillis(32));
  }

  @Test
  void noNameIsLockedAndTheRightPasswordEndsTheDelay() {
    SignIns signIns = new SignIns(Duration.ofMillis(1));
    fail(signIns, "ines", 50);
    assertThat(signIns.attempt("ines", PEER, () -> Optional.of("in"))).contains("in");
    assertThat(signIns.delay("ines", PEER)).isZero();
  }

  @Test
  void typosBeforeTheRightPasswordDelayNoOtherAddress() {
    SignIns signIns = new SignIns(Duration.ofMillis(1));
    for (int i = 0; i < 10; i++) {
      fail(signIns, "ines", 1);
      assertThat(signIns.attempt("ines", PEER, () -> Optional.of("in"))).contains("in");
    }
    assertThat(signIns.delay("ines", "192.0.2.2")).isZero();
  }

  @Test
  void theRightPasswordAtOneAddressLeavesTheDelayOfTheOthers() {
    SignIns signIns = new SignIns(Duration.ofMillis(1));
    for (String peer : List.of(PEER, "192.0.2.2", "192.0.2.3")) {
      assertThat(signIns.attempt("ines", peer, Optional::empty)).isEmpty();
    }
    assertThat(signIns.delay("ines", "192.0.2.4")).isEqualTo(Duration.ofMillis(4));
    assertThat(signIns.attempt("ines", PEER, () -> Optional.of("in"))).contains("in");
    assertThat(signIns.attempt("ines", PEER, () -> Optional.of("in"))).contains("in");
    assertThat(signIns.delay("ines", "192.0.2.4")).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void manyAttemptsFromOneAddressDoNotDelayAnother() throws InterruptedException {
    SignIns signIns = new SignIns(Duration.ofMillis(1));
    CountDownLatch hashed = new CountDownLatch(40);
    for (int i = 0; i < 40; i++) {
      String name = "guess" + i;
      new Thread(
              () ->
                  signIns.attempt(
                      name,
                      PEER,
                      () -> {
                        pause();
                        hashed.countDown();
                        return Optional.empty();
                      }))
          .start();
    }
    Thread.sleep(100);
    signIns.attempt("ines", "192.0.2.2", () -> Optional.of("in"));
    assertThat(hashed.getCount())
        .as("attempts of the first address that still wait")
        .isGreaterThan(20);
    assertThat(hashed.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void attemptsAtTheSameTimeWaitForEachOther() throws Exception {
    SignIns signIns = new SignIns(Duration.ofMillis(10));
    ExecutorService threads = Executors.newFixedThreadPool(6);
    long began = System.nanoTime();
    try {
      List<Future<?>> attempts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String peer = "192.0.2." + i;
        attempts.add(threads.submit(() -> signIns.attempt("ines", peer, Optional::empty)));
      }
      for (Future<?> attempt : attempts) {
        attempt.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("from the second address on, each waits longer")
        .isGreaterThanOrEqualTo(Duration.ofMillis(10 * (2 + 4 + 8 + 16)));
  }

  @Test
  void oneAddressCannotTakeAllWaitingPlaces() throws InterruptedException {
    SignIns signIns = new SignIns(Duration.ofSeconds(20));
    fail(signIns, "ines", 1);
    AtomicInteger refused = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(510);
    try {
      for (int i = 0; i < 510; i++) {
        threads.execute(() -> countRefusal(signIns, refused));
      }
      while (refused.get() < 10) {
        Thread.sleep(10);
      }
      assertThat(signIns.attempt("pat", "192.0.2.2", () -> Optional.of("in"))).contains("in");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void countRefusal(SignIns signIns, AtomicInteger refused) {
    try {
      signIns.attempt("ines", PEER, Optional::empty);
    } catch (FlightRuntimeException e) {
      refused.incrementAndGet();
    }
  }

  @Test
  void aUserDoesNotWaitForAllGuessesFromAnotherAddress() throws InterruptedException {
    SignIns signIns = new SignIns(Duration.ofMillis(20));
    fail(signIns, "ines", 1);
    AtomicInteger guesses = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      for (int i = 0; i < 20; i++) {
        threads.execute(
            () ->
                signIns.attempt(
                    "ines",
                    PEER,
                    () -> {
                      guesses.incrementAndGet();
                      return Optional.empty();
                    }));
      }
      while (guesses.get() == 0) {
        Thread.sleep(1);
      }
      assertThat(signIns.attempt("ines", "192.0.2.2", () -> Optional.of("in"))).contains("in");
      assertThat(guesses.get()).isLessThan(10);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void guessesFromOneAddressDoNotDelayAnother() {
    SignIns signIns = new SignIns(Duration.ofSeconds(20));
    fail(signIns, "ines", 1);
    assertThat(signIns.delay("ines", PEER)).isEqualTo(Duration.ofSeconds(20));
    assertThat(signIns.delay("ines", "192.0.2.2")).isZero();
    new Thread(() -> signIns.attempt("ines", PEER, Optional::empty)).start();
    long began = System.nanoTime();
    assertThat(signIns.attempt("ines", "192.0.2.2", () -> Optional.of("in"))).contains("in");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void logsFailuresWithNameAndAddressWithoutControlCharacters() {
    try (Logged logged = Logged.of(SignIns.class)) {
      fail(new SignIns(Duration.ZERO), "in\nes\u202e\u001b[31m", 1);
      assertThat(logged.text())
          .isEqualTo("Sign-in refused: wrong user or password for 'in es  [31m' from 192.0.2.1");
    }
  }
}
