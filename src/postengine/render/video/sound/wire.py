"""How sound travels to and from ffmpeg: raw through pipes, and which kinds of files are opened at all."""

from __future__ import annotations

from postengine.render.video.ffmpeg.graph import Option

from .samples import RATE

RAW_SOUND: dict[str, Option] = {"f": "f32le", "ar": RATE, "ac": 2, "protocol_whitelist": "pipe"}

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,mp3,wav,flac,ogg,matroska,webm,aac"
"""No playlists, no scripts, whatever their names: ffmpeg would open other files for them, or the network."""

SAFE_FILE: dict[str, str] = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
