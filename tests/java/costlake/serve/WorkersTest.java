package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the pool of workers when workers do not start, or end early. */
@Timeout(60)
class WorkersTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static WorkerProcess none() {
    throw Failure.operator("no space left");
  }

  /** Returns a starter of workers that starts one worker. Every further start fails. */
  private static Supplier<WorkerProcess> onlyOne() {
    Supplier<WorkerProcess> starter = ScriptedWorker.starting();
    boolean[] started = {false};
    return () -> {
      WorkerProcess worker = started[0] ? none() : starter.get();
      started[0] = true;
      return worker;
    };
  }

  private static WorkerProcess take(Workers workers) throws InterruptedException {
    return workers.take("ann", () -> false).orElseThrow();
  }

  @Test
  void aBusyWorkerIsUsedAgainWhenNoOtherStarts() throws Exception {
    try (Workers workers = new Workers(onlyOne(), 2, SOON)) {
      WorkerProcess only = take(workers);
      AtomicBoolean ended = new AtomicBoolean();
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
          .execute(
              () -> {
                ended.set(true);
                workers.wake();
              });
      assertThat(workers.take("ann", ended::get)).as("waits for the busy worker").isEmpty();
      workers.give("ann", only);
      assertThat(take(workers)).isSameAs(only);
    }
  }

  @Test
  void failsWhenNoWorkerStartsAndNoneIsBusy() {
    try (Workers workers = new Workers(WorkersTest::none, 2, SOON)) {
      assertThatThrownBy(() -> take(workers))
          .isInstanceOf(Failure.class)
          .hasMessage("no space left");
    }
  }

  @Test
  void failsWhenTheLastBusyWorkerEnds() throws Exception {
    try (Workers workers = new Workers(onlyOne(), 2, SOON)) {
      WorkerProcess only = take(workers);
      only.kill();
      workers.give("ann", only);
      assertThatThrownBy(() -> take(workers)).hasMessage("no space left");
    }
  }

  @Test
  void aKilledWorkerIsNotUsedAgain() throws Exception {
    try (Workers workers = new Workers(ScriptedWorker.starting(), 1, SOON)) {
      for (int i = 0; i < 5; i++) {
        WorkerProcess killed = take(workers);
        killed.kill();
        workers.give("ann", killed);
        WorkerProcess next = take(workers);
        assertThat(next).isNotSameAs(killed);
        assertThat(next.isFree()).isTrue();
        workers.give("ann", next);
      }
    }
  }

  @Test
  void whoKillsWorkersLeavesTheReadyOneToOthers() throws Exception {
    Supplier<WorkerProcess> starter =
        ScriptedWorker.starting(
            ScriptedWorker.class, ScriptedWorker.class, ScriptedWorker.Stuck.class);
    try (Workers workers = new Workers(starter, 3, SOON)) {
      WorkerProcess killed = take(workers);
      killed.kill();
      workers.give("ann", killed);
      CompletableFuture<WorkerProcess> again = CompletableFuture.supplyAsync(() -> taken(workers));
      WorkerProcess ready = workers.take("bob", () -> false).orElseThrow();
      workers.give("bob", ready);
      assertThat(workers.take("bob", () -> false)).contains(ready);
      assertThat(again).as("ann waits for the worker that starts").isNotDone();
    }
  }

  private static WorkerProcess taken(Workers workers) {
    try {
      return take(workers);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void killsAWorkerThatDoesNotBecomeReady() {
    try (Workers workers =
        new Workers(
            ScriptedWorker.starting(ScriptedWorker.Stuck.class), 1, Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> take(workers))
          .hasMessage("Cannot start a process that answers queries");
    }
  }

  @Test
  void optionsThatTwoProcessesCannotHaveAreNotPassedOn() {
    assertThat(
            WorkerProcess.inherited(
                List.of(
                    "-Xmx4g",
                    "-Dcom.sun.management.jmxremote.port=9010",
                    "-agentlib:jdwp=transport=dt_socket,address=5005",
                    "-Xlog:gc:file=/var/log/gc.log",
                    "-Duser.timezone=UTC")))
        .containsExactly("-Duser.timezone=UTC");
  }

  @Test
  void messagesOfTheJvmStayOutOfTheAnswers() throws Exception {
    List<String> talkative = List.of("-Xlog:os=info", "-XX:+UseLargePages");
    assertThat(output(talkative)).isNotEmpty();
    assertThat(
            output(
                Stream.of(talkative, WorkerProcess.MESSAGES_TO_STDERR)
                    .flatMap(List::stream)
                    .toList()))
        .isEmpty();
  }

  private static byte[] output(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-version");
    Process java = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    return java.getInputStream().readAllBytes();
  }
}
