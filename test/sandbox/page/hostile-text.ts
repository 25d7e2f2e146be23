/** A text that would run or deceive where it is taken for more than text, and what is to be seen. */
export const hostileText = {
  sent:
    '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script> ' +
    "[run](javascript:window.attacked=1) \u202Eterces",
  seen: '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>',
};
