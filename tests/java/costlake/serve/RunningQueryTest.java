package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.ServeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightStatusCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks how requests end when the client, the worker or the server fails. */
@Timeout(60)
class RunningQueryTest {
  private final AtomicInteger started = new AtomicInteger();
  private QueryRunner runner;

  @AfterEach
  void close() {
    runner.close();
  }

  static ServeConfig limits(int queriesMax) {
    return new ServeConfig(
        "127.0.0.1", 0, 0, "users", null, null, 60, 1000, 8, queriesMax, 1, 64, 1024, 100, 8, 512);
  }

  private void serve(Class<?>... programs) {
    runner = new QueryRunner(limits(1), new Workers(starter(programs), 1, Duration.ofSeconds(30)));
  }

  private Supplier<WorkerProcess> starter(Class<?>... programs) {
    Supplier<WorkerProcess> starter = ScriptedWorker.starting(programs);
    return () -> {
      started.incrementAndGet();
      return starter.get();
    };
  }

  private RunningQuery query(String user, String sql, Duration time) {
    SignedInUser signedIn = new SignedInUser(user, new TeamScope(Optional.empty()));
    return runner.submit(Request.Kind.ROWS, signedIn, sql, List.of(), time, () -> false);
  }

  private RunningQuery query(String user, String sql) {
    return query(user, sql, runner.time());
  }

  private List<String> answer(String user, String sql) {
    List<String> words = new ArrayList<>();
    CallStatus ended = query(user, sql).run(message -> words.add(message.text()), status -> {});
    assertThat(ended).isSameAs(RunningQuery.DONE);
    return words;
  }

  static List<Throwable> failuresOfAReceiver() {
    return List.of(
        new org.apache.arrow.memory.OutOfMemoryException("Unable to allocate buffer"),
        new OutOfMemoryError("Java heap space"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfAReceiver")
  void theNextUserGetsNothingOfAnUnreadAnswer(Throwable thrown) {
    serve();
    AtomicReference<CallStatus> told = new AtomicReference<>();
    CallStatus ended =
        query("ines", "hers hers hers").run(message -> throwUnchecked(thrown), told::set);
    assertThat(ended.code()).isEqualTo(FlightStatusCode.INTERNAL);
    assertThat(ended.description()).isEqualTo(ClientErrors.INSIDE);
    assertThat(told).hasValue(ended);
    assertThat(answer("finn", "his own")).containsExactly("his", "own");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUnchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void triesAnotherWorkerWhenTheFirstHasEnded() {
    serve(ScriptedWorker.Deaf.class);
    assertThat(answer("ines", "a b")).containsExactly("a", "b");
  }

  @Test
  void aQueryThatEndsItsWorkerFailsAndTheNextQueryIsAnswered() {
    serve();
    CallStatus ended = query("ines", "a die").run(message -> {}, status -> {});
    assertThat(ended.description()).isEqualTo(ClientErrors.INSIDE);
    assertThat(answer("ines", "b")).containsExactly("b");
  }

  @Test
  void logsTheLastOutputOfAWorker() throws InterruptedException {
    serve();
    try (Logged logged = Logged.of(WorkerProcess.class)) {
      query("ines", "die").run(message -> {}, status -> {});
      while (!logged.text().contains("Its last output: the last words of a worker")) {
        Thread.sleep(10);
      }
      assertThat(logged.text()).contains("ended with 9");
    }
  }

  @Test
  void aClientThatDoesNotTakeTheOutcomeCostsNoWorker() {
    serve();
    CallStatus ended =
        query("ines", "a")
            .run(
                message -> {},
                status -> {
                  throw new IllegalStateException("call already closed");
                });
    assertThat(ended).isSameAs(RunningQuery.DONE);
    assertThat(answer("ines", "b")).containsExactly("b");
    assertThat(started).hasValue(1);
  }

  @Test
  void hidesFromTheClientWhyNoWorkerStarts() {
    serve(ScriptedWorker.Blind.class);
    CallStatus ended = query("ines", "a").run(message -> {}, status -> {});
    assertThat(ended.code()).isEqualTo(FlightStatusCode.UNAVAILABLE);
    assertThat(ended.description()).isEqualTo(ClientErrors.NO_WORKER);
  }

  @Test
  void theMessageAtTheTimeLimitSaysWhetherTheQueryRan() throws InterruptedException {
    serve();
    answer("ines", "a");
    CountDownLatch running = new CountDownLatch(1);
    RunningQuery runs = query("ines", "a wait", Duration.ofSeconds(3));
    CompletableFuture<CallStatus> first =
        CompletableFuture.supplyAsync(() -> runs.run(message -> running.countDown(), status -> {}));
    running.await();
    CallStatus waited = query("finn", "a", Duration.ofMillis(300)).run(message -> {}, status -> {});
    assertThat(waited.code()).isEqualTo(FlightStatusCode.TIMED_OUT);
    assertThat(waited.description()).contains("did not begin (serve.query_max_s)");
    assertThat(first.join().description()).contains("ran longer than 60 s (serve.query_max_s)");
  }

  @Test
  void aQueryCanBeCancelledAtAnyTime() throws InterruptedException {
    serve();
    answer("ines", "a");
    for (int i = 0; i < 300; i++) {
      RunningQuery query = query("ines", "wait");
      CompletableFuture<CallStatus> run =
          CompletableFuture.supplyAsync(() -> query.run(message -> {}, status -> {}));
      TimeUnit.NANOSECONDS.sleep(i * 1_000L);
      query.cancel();
      assertThat(run.join().code()).isEqualTo(FlightStatusCode.CANCELLED);
    }
    assertThat(started).as("no worker was killed, because each was cancelled").hasValue(1);
  }
}
