package costlake.serve;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Collects the messages that a class logs. */
final class Logged extends AbstractAppender implements AutoCloseable {
  private final Logger log;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private Logged(Class<?> of) {
    super("test", null, null, true, Property.EMPTY_ARRAY);
    log = (Logger) LogManager.getLogger(of);
  }

  static Logged of(Class<?> of) {
    Logged logged = new Logged(of);
    logged.start();
    logged.log.addAppender(logged);
    return logged;
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getMessage().getFormattedMessage());
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    log.removeAppender(this);
    stop();
  }
}
