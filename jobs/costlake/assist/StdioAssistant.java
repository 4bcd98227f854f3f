package costlake.assist;

import costlake.assist.Messages.Client;
import costlake.config.Config;
import costlake.core.Failure;
import costlake.serve.GuardedQueries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers the one assistant that started this process: messages come by standard input, one a line,
 * and answers go to standard output.
 */
public final class StdioAssistant {
  private static final String ADDRESS = "this machine";
  private static final String SESSION = "stdio";

  private final Messages messages = new Messages();
  private final PrintStream out;
  private volatile boolean ended;

  private StdioAssistant(PrintStream out) {
    this.out = out;
  }

  /**
   * Answers until {@code in} ends.
   *
   * @param explanations explains figures to users who may see them
   * @throws Failure with exit code 2 if the user may not sign in, or the users or the lake cannot
   *     be read
   */
  public static void run(
      Config config,
      Explanations explanations,
      String user,
      String password,
      InputStream in,
      PrintStream out)
      throws InterruptedException, IOException {
    try (GuardedQueries queries = GuardedQueries.start(config)) {
      StdioAssistant assistant = new StdioAssistant(out);
      ToolServer.offer(Tools.all(explanations), assistant.messages);
      assistant.answer(new Client(queries.signIn(user, password, ADDRESS), SESSION), in);
    }
  }

  private void answer(Client client, InputStream in) throws IOException {
    ExecutorService calls = Executors.newCachedThreadPool();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String message = line;
        calls.execute(() -> messages.answer(client, message, () -> ended).ifPresent(this::write));
      }
    } finally {
      ended = true;
      messages.close();
      calls.shutdownNow();
    }
  }

  private synchronized void write(String answer) {
    out.print(answer + "\n");
    out.flush();
  }
}
