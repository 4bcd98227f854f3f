package costlake.serve;

import costlake.config.Config;
import costlake.config.Owners;
import costlake.core.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.auth2.BasicCallHeaderAuthenticator;
import org.apache.arrow.flight.auth2.CallHeaderAuthenticator;
import org.apache.arrow.flight.auth2.CallHeaderAuthenticator.AuthResult;
import org.apache.arrow.flight.auth2.GeneratedBearerTokenAuthenticator;

/**
 * Signs users in by name and password, and gives them a token for later calls. The token is valid
 * until the password changes. A refused sign-in has the same message and takes the same time,
 * whether the name or the password is wrong.
 */
final class Authenticator {
  private static final Duration FIRST_DELAY = Duration.ofMillis(250);

  /**
   * Separates the user from the id of the password in the identity that Flight keeps for a token.
   */
  private static final char SEPARATOR = '\n';

  private final Users users;
  private final Owners owners;
  private final SignIns signIns = new SignIns(FIRST_DELAY);

  Authenticator(Users users, Owners owners) {
    this.users = users;
    this.owners = owners;
  }

  /** Signs in the users of a configuration. */
  static Authenticator of(Config config) {
    return new Authenticator(Users.of(Path.of(config.serve().users())), config.owners());
  }

  CallHeaderAuthenticator authenticator() {
    return new GeneratedBearerTokenAuthenticator(new BasicCallHeaderAuthenticator(this::signIn));
  }

  private AuthResult signIn(String user, String password) {
    String identity = identity(user, password, ClientAddresses.current());
    return () -> identity;
  }

  /**
   * Checks a password. {@link #signedIn} takes the identity that this returns.
   *
   * @throws FlightRuntimeException when user or password are wrong, owners.yml does not name the
   *     user, or too many attempts wait
   */
  String identity(String user, String password, String address) {
    Optional<String> passwordId =
        signIns.attempt(user, address, () -> users.passwordId(user, password));
    String identity = user + SEPARATOR + passwordId.orElseThrow(Authenticator::wrongUserOrPassword);
    signedIn(identity);
    return identity;
  }

  /**
   * Returns the user of a call that follows an earlier sign-in.
   *
   * @throws FlightRuntimeException when the user was removed or has a new password, or owners.yml
   *     does not name the user
   */
  SignedInUser signedIn(String identity) {
    int end = identity.lastIndexOf(SEPARATOR);
    String user = identity.substring(0, end);
    if (!users.passwordId(user).equals(Optional.of(identity.substring(end + 1)))) {
      throw wrongUserOrPassword();
    }
    return new SignedInUser(user, scope(user));
  }

  private static FlightRuntimeException wrongUserOrPassword() {
    return CallStatus.UNAUTHENTICATED
        .withDescription("Cannot sign in: wrong user or password")
        .toRuntimeException();
  }

  private TeamScope scope(String user) {
    return TeamScope.of(owners, user)
        .orElseThrow(
            () ->
                CallStatus.UNAUTHORIZED
                    .withDescription(
                        Message.of(
                            """
                            Cannot sign in '%s': no member in owners.yml has this name. Ask the
                            owner of that file to add it
                            """,
                            user))
                    .toRuntimeException());
  }
}
