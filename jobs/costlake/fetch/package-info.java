/** HTTP APIs to files: pages, retries, deadlines, and secrets that no message shows. */
@NullMarked
package costlake.fetch;

import org.jspecify.annotations.NullMarked;
