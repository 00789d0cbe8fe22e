/// The link to the post, as people type or paste it.
library;

const _longest = 2000;

/// Whether the service would take it; an empty one is simply not sent.
bool isProofLink(String typed) =>
    typed.isEmpty || (typed.length <= _longest && RegExp(r'^https?://\S+$').hasMatch(typed));
