"""Looking into files: what a video is, the frames of a clip, a poster, a storyboard."""
