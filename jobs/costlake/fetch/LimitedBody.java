package costlake.fetch;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Stores a response in a file. Fails if it has too many bytes. */
final class LimitedBody implements BodySubscriber<Path> {
  private final BodySubscriber<Path> file;
  private final long bytesMax;
  private long bytes;
  private Flow.@Nullable Subscription subscription;

  /** The response has too many bytes. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long bytesMax) {
      super("the response has more than " + bytesMax + " bytes");
    }
  }

  LimitedBody(Path file, long bytesMax) {
    this.file = BodySubscribers.ofFile(file, CREATE, WRITE, TRUNCATE_EXISTING);
    this.bytesMax = bytesMax;
  }

  @Override
  public CompletionStage<Path> getBody() {
    return file.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    file.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    buffers.forEach(buffer -> bytes += buffer.remaining());
    if (bytes <= bytesMax) {
      file.onNext(buffers);
    } else if (subscription != null) {
      subscription.cancel();
      file.onError(new TooLarge(bytesMax));
    }
  }

  @Override
  public void onError(Throwable error) {
    file.onError(error);
  }

  @Override
  public void onComplete() {
    file.onComplete();
  }
}
