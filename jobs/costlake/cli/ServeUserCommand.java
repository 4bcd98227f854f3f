package costlake.cli;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.serve.Users;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake serve user} and prints the generated password. */
@Command(
    name = "user",
    description = {
      "Set or replace the password of a user of serve sql.",
      "The user must be a member in owners.yml. Only the hash of the password is kept."
    },
    footer = {
      "",
      "Example: costlake serve user --conf demo/conf ines",
      "Own password: printf %%s \"$PASSWORD\" | costlake serve user --conf demo/conf --stdin ines"
    })
final class ServeUserCommand implements Runnable {
  private static final int PASSWORD_LENGTH_MIN = 12;

  @Mixin CommonOptions common;

  @Option(
      names = "--stdin",
      description = "Read the password from standard input (default: make one and print it).")
  boolean stdin;

  @Parameters(paramLabel = "NAME", description = "Name of the user, as in members of owners.yml.")
  String name;

  @Override
  public void run() {
    Config config = common.config();
    List<String> members = config.owners().members().stream().map(member -> member.user()).toList();
    if (!members.contains(name)) {
      throw Failure.operator(
          """
          Cannot give '%s' a password: no member in owners.yml has this name.%s Add a line to
          members first: {user: %s, role: member, teams: [...]}
          """,
          name, Nearest.hint(name, members), name);
    }
    String password = stdin ? read() : Users.newPassword();
    Users.put(Path.of(config.serve().users()), name, password);
    common.console().say("Wrote " + name + " to " + config.serve().users());
    if (!stdin) {
      common.out().println(password);
      common.out().flush();
    }
  }

  private static String read() {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String password = in.readLine();
      if (password == null || password.length() < PASSWORD_LENGTH_MIN) {
        throw Failure.operator(
            """
            Cannot use this password: it has fewer than %s characters. Give a longer one, or leave
            out --stdin
            """,
            PASSWORD_LENGTH_MIN);
      }
      return password;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
