/**
 * The server for assistants (Model Context Protocol). Its tools read through {@link
 * costlake.serve.GuardedQueries}, so a user sees through an assistant what the SQL endpoint shows
 * them. No tool writes.
 */
@NullMarked
package costlake.assist;

import org.jspecify.annotations.NullMarked;
