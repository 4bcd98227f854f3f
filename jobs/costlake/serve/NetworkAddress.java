package costlake.serve;

import costlake.config.ServeConfig;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks the address and the certificate of a server that users sign in to. */
public final class NetworkAddress {
  private NetworkAddress() {}

  /**
   * Checks that no password is sent over a network without TLS.
   *
   * @throws Failure with exit code 2 if other machines can reach the address and there is no
   *     certificate
   */
  public static void refuseWithoutTls(ServeConfig serve) {
    try {
      if (serve.tlsCertificate() == null
          && !InetAddress.getByName(serve.host()).isLoopbackAddress()) {
        throw Failure.operator(
            """
            Cannot listen on %s without TLS: passwords would be sent in the clear. Set
            serve.tls_certificate and serve.tls_key
            """,
            serve.host());
      }
    } catch (UnknownHostException e) {
      throw Failure.operator(
          e, "Cannot listen on %s: no such address. Set serve.host", serve.host());
    }
  }

  /**
   * Returns the file of a certificate or key.
   *
   * @throws Failure with exit code 2 if it cannot be read
   */
  public static File pem(String path) {
    if (!Files.isReadable(Path.of(path))) {
      throw Failure.operator("Cannot read %s. Set serve.tls_certificate and serve.tls_key", path);
    }
    return new File(path);
  }

  /** Returns the failure of a server whose address is in use or whose certificate is wrong. */
  public static Failure cannotListen(IOException why, String host, int port) {
    return Failure.operator(
        why,
        """
        Cannot listen on %s:%s: %s. Give another --port, or see serve.tls_certificate and
        serve.tls_key
        """,
        host,
        port,
        FileErrors.whichAndWhy(why));
  }
}
