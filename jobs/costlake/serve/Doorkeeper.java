package costlake.serve;

import costlake.config.Owners;
import java.util.concurrent.Semaphore;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.auth2.BasicCallHeaderAuthenticator;
import org.apache.arrow.flight.auth2.CallHeaderAuthenticator;
import org.apache.arrow.flight.auth2.CallHeaderAuthenticator.AuthResult;
import org.apache.arrow.flight.auth2.GeneratedBearerTokenAuthenticator;

/**
 * Lets users in by name and password, and hands them a token for the calls that follow. Says no in
 * the same words, after the same time, whether the name or the password is wrong.
 */
final class Doorkeeper {
  private static final int HASHED_AT_A_TIME = 1;

  private final Users users;
  private final Owners owners;
  private final Semaphore turn = new Semaphore(HASHED_AT_A_TIME, true);

  Doorkeeper(Users users, Owners owners) {
    this.users = users;
    this.owners = owners;
  }

  CallHeaderAuthenticator authenticator() {
    return new GeneratedBearerTokenAuthenticator(new BasicCallHeaderAuthenticator(this::signIn));
  }

  private AuthResult signIn(String user, String password) {
    turn.acquireUninterruptibly();
    try {
      if (!users.knows(user, password)) {
        throw CallStatus.UNAUTHENTICATED
            .withDescription("Cannot sign in: wrong user or password")
            .toRuntimeException();
      }
    } finally {
      turn.release();
    }
    scope(user);
    return () -> user;
  }

  /**
   * What a user sees who has signed in before.
   *
   * @throws FlightRuntimeException when the user was taken out, or the owners name no such user
   */
  Scope scope(String user) {
    if (!users.has(user)) {
      throw CallStatus.UNAUTHENTICATED
          .withDescription("Cannot sign in: wrong user or password")
          .toRuntimeException();
    }
    return Scope.of(owners, user)
        .orElseThrow(
            () ->
                CallStatus.UNAUTHORIZED
                    .withDescription(
                        "Cannot let '"
                            + user
                            + "' in: members in owners.yml does not name this user. Ask whoever keeps it")
                    .toRuntimeException());
  }
}
