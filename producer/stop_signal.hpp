#pragma once

namespace strongroom {

/// From here on SIGINT and SIGTERM only set a mark, once: a second one has its default effect, so a hanging program can
/// be ended by hand. A read that waits is interrupted.
void mark_stop_signals();

/// Whether the mark is set.
bool is_stop_marked();

}  // namespace strongroom
