package costlake.cli;

import costlake.assist.AssistantServer;
import costlake.assist.StdioAssistant;
import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake serve mcp} until the process is stopped. */
@Command(
    name = "mcp",
    description = {
      "Listen for assistants with the Model Context Protocol.",
      "An assistant asks as a user of serve sql, sees the rows of that user, and cannot write."
    },
    footer = {
      "",
      "Example: costlake serve mcp --conf demo/conf --port 31338",
      "Connect: http://127.0.0.1:31338/mcp with the header 'Authorization: Basic ...'",
      "Local: COSTLAKE_PASSWORD=... costlake serve mcp --conf demo/conf --stdio --user ines",
      "Set-up of clients: docs/assistants.md"
    })
final class ServeMcpCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on, 0 for any that is free (default: serve.mcp_port).")
  @Nullable Integer port;

  @Option(
      names = "--stdio",
      description = "Answer the assistant that starts this command, by standard input and output.")
  boolean stdio;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "User of --stdio; the password is in $$COSTLAKE_PASSWORD.")
  @Nullable String user;

  @Override
  public void run() {
    if (stdio != (user != null)) {
      throw Failure.operator("Cannot serve: give --stdio and --user together, or neither");
    }
    if (port != null) {
      common.sets.put("serve.mcp_port", port.toString());
    }
    Config config = common.config();
    try (LakeExplanations explanations = new LakeExplanations(config)) {
      if (user == null) {
        listen(config, explanations);
      } else {
        answer(config, explanations, user);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(Config config, LakeExplanations explanations) throws InterruptedException {
    try (AssistantServer server = AssistantServer.start(config, explanations)) {
      String scheme = config.serve().tlsCertificate() == null ? "http" : "https";
      common
          .console()
          .say(
              "Listening on %s://%s:%d/mcp"
                  .formatted(scheme, config.serve().host(), server.port()));
      server.await();
    }
  }

  /** Keeps what libraries print out of the answers. */
  private static void answer(Config config, LakeExplanations explanations, String user)
      throws InterruptedException {
    String password = System.getenv("COSTLAKE_PASSWORD");
    if (password == null) {
      throw Failure.operator(
          "Cannot sign in '%s': the environment variable COSTLAKE_PASSWORD is not set", user);
    }
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    try {
      StdioAssistant.run(config, explanations, user, password, System.in, out);
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot read standard input: %s", FileErrors.why(e));
    }
  }
}
